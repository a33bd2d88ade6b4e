//! Charts in words, in both languages.

use super::super::*;
use super::*;

fn told(name: &str, language: &str) -> [String; 2] {
    fonts();
    let (_, data) = gallery().into_iter().find(|(known, _)| *known == name).expect("the gallery has this chart");
    let Description { alt, description } = describe(&data, fonts(), &label(language));
    [alt, description.replace('\u{a0}', " ")]
}

#[test]
fn bars_tell_extremes_and_ties() {
    assert_eq!(
        told("bar", "sv"),
        [
            "Liggande stapeldiagram: Granskade ärenden",
            "Diagrammet visar antal ärenden för 12 kategorier (Diagnos). Högst: Autismspektrumtillstånd (16). \
             Lägst: Ätstörning och Annat (2). Näst högst: Adhd och andra neuropsykiatriska funktionsnedsättningar och \
             Schizofreni och andra psykoser (11). Minst hälften har högst 5.",
        ]
    );
    assert_eq!(
        told("bar-zero-blank", "en")[1],
        "The chart shows the number of ärenden for 4 categories (Stadsdel). Highest: Hägersten-Älvsjö (1 234 567). \
         Lowest: Norrmalm (0). No value: Skärholmen (uppgift saknas). All values: Farsta 324; Norrmalm 0; \
         Skärholmen (uppgift saknas); Hägersten-Älvsjö 1 234 567."
    );
    assert_eq!(told("bar-one", "sv")[1], "Diagrammet visar antal ärenden för Alla granskade ärenden. Värdet är 40.");
}

#[test]
fn two_series_tell_their_differences() {
    assert_eq!(
        told("dumbbell", "sv"),
        [
            "Punktdiagram med parvisa skillnader: Granskade ärenden",
            "Diagrammet visar procent av de granskade ärendena för 4 kategorier (Stadsdel). Uppdelning: Kvinnor och Män. \
             Kvinnor: högst för Farsta (62,5 procent), lägst för Hägersten-Älvsjö (0 procent). Män: högst för \
             Hägersten-Älvsjö (100 procent), lägst för Norrmalm (40 procent). Störst skillnad: Hägersten-Älvsjö (Kvinnor 0 \
             procent, Män 100 procent). Ingen skillnad: Norrmalm. Alla värden: Farsta: Kvinnor 62,5 procent, Män 48 \
             procent; Norrmalm: Kvinnor 40 procent, Män 40 procent; Skärholmen: Kvinnor 55 procent, Män 57 procent; \
             Hägersten-Älvsjö: Kvinnor 0 procent, Män 100 procent.",
        ]
    );
    assert_eq!(
        told("grouped", "en"),
        [
            "Horizontal grouped bar chart: Granskade ärenden",
            "The chart shows the number of ärenden for 12 categories (Diagnos). Breakdown: Kvinnor and Män. Kvinnor: highest \
             for Autismspektrumtillstånd and Posttraumatiskt stressyndrom (PTSD) (7), lowest for Annat (0). Män: highest for \
             Autismspektrumtillstånd (9), lowest for Emotionellt instabilt personlighetssyndrom (0). Largest difference: \
             Posttraumatiskt stressyndrom (PTSD) (Kvinnor 7, Män 3). No value: Män for Ätstörning (uppgift saknas).",
        ]
    );
}

#[test]
fn lines_tell_their_change_and_a_scale_that_is_cut() {
    assert_eq!(
        told("line", "sv")[1],
        "Diagrammet visar procent av de granskade ärendena från 2013 till 2020. Uppdelning: Kvinnor och Män. Kvinnor: en \
         ökning från 51 procent (2013) till 63 procent (2020). Män: en ökning från 49 procent (2013) till 50 procent \
         (2020). Vänder vid 2017 (55 procent)."
    );
    let [alt, description] = told("line-cut", "en");
    assert_eq!(alt, "Line chart: Granskade ärenden");
    assert!(description.contains("The scale does not start at zero. Kvinnor: an increase from 51 per cent (2013)"));
}

#[test]
fn parts_are_compared_as_shares() {
    let [alt, description] = told("percent", "sv");
    assert_eq!(alt, "Liggande stapeldiagram där varje stapel är 100 procent: Granskade ärenden");
    // 5 of 20 is a smaller share than 8 of 30.
    assert!(description.contains("Instämmer delvis: störst andel för Hägersten-Älvsjö (30), minst för Farsta (5)."));
    assert!(!told("percent-zero", "sv")[1].contains("andel"), "a bar without parts has no share");
}

#[test]
fn cells_are_named_by_column_and_row() {
    let [_, description] = told("heat", "sv");
    assert!(description.contains("Högst: Trygghet och säkerhet för Skärholmen (20)."), "{description}");
    assert!(description.contains("Värde saknas: Delaktighet för Skärholmen (uppgift saknas)."), "{description}");
}

#[test]
fn a_map_tells_extremes_and_its_darkest_regions() {
    let [alt, description] = told("map", "sv");
    assert_eq!(alt, "Karta: Granskade ärenden");
    assert_eq!(
        description,
        "Kartan visar värde i besök per 1 000 invånare för 6 områden (Kommun). Högst: Öarna (22,0 besök per 1 000 invånare). Lägst: \
         Kusten (3,1 besök per 1 000 invånare). I den högsta klassen: Norra länsdelen och Öarna. Värde saknas: Inlandet (uppgift \
         saknas). Alla värden: Norra länsdelen 20,5 besök per 1 000 invånare; Kusten 3,1 besök per 1 000 invånare; Inlandet (uppgift saknas); \
         Öarna 22,0 besök per 1 000 invånare; Staden 3,4 besök per 1 000 invånare; Söder 8,9 besök per 1 000 invånare."
    );
}

#[test]
fn equal_values_are_said_once_and_long_ties_are_cut() {
    let mut data = chart(Mark::Bar, 8, 1);
    data.series[0].values = vec![data.series[0].values[0].clone(); 8];
    assert!(describe(&data, fonts(), &label("sv")).description.ends_with("Alla värden är lika: 2."));
    data.series[0].values[7] = number(1.0, "1");
    let told = describe(&data, fonts(), &label("sv")).description;
    assert!(told.contains("Högst: Rad 1, Rad 2, Rad 3, Rad 4 och 3 till (2). Lägst: Rad 8 (1)."), "{told}");
}

#[test]
fn every_mark_is_told_in_both_languages_even_without_values() {
    fonts();
    for language in ["sv", "en"] {
        for (name, mut data) in gallery() {
            assert!(!describe(&data, fonts(), &label(language)).description.is_empty(), "{name}");
            data.series.iter_mut().for_each(|series| series.values.fill(blank()));
            let told = describe(&data, fonts(), &label(language)).description;
            assert!(told.contains("uppgift saknas"), "{name}: {told}");
        }
    }
}
