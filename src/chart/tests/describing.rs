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
             Hägersten-Älvsjö (100 procent), lägst för Norrmalm (40 procent). Män har högre värde än Kvinnor i 2 av 4 par. Störst skillnad: Hägersten-Älvsjö (Kvinnor 0 \
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
             Autismspektrumtillstånd (9), lowest for Emotionellt instabilt personlighetssyndrom (0). Kvinnor is higher than Män in 6 of 11 pairs. Largest difference: \
             Posttraumatiskt stressyndrom (PTSD) (Kvinnor 7, Män 3). No value: Män for Ätstörning (uppgift saknas).",
        ]
    );
}

#[test]
fn lines_tell_their_change_and_a_scale_that_is_cut() {
    assert_eq!(
        told("line", "sv")[1],
        "Diagrammet visar procent av de granskade ärendena från 2013 till 2020. Uppdelning: Kvinnor och Män. Kvinnor: en \
         ökning från 51 procent (2013) till 63 procent (2020). Män: från 49 procent (2013) upp till 55 procent \
         (2017) och ned till 50 procent (2020). Kvinnor ligger högst från 2017 till 2020."
    );
    let [alt, description] = told("line-cut", "en");
    assert_eq!(alt, "Line chart: Granskade ärenden");
    assert!(description.contains("The scale does not start at zero. Kvinnor: an increase from 51 per cent (2013)"));
}

#[test]
fn parts_are_compared_as_shares() {
    let [alt, description] = told("percent", "sv");
    assert_eq!(alt, "Liggande stapeldiagram där varje stapel är 100 procent: Granskade ärenden");
    assert!(
        description.contains(
            "Instämmer delvis: störst andel för Hägersten-Älvsjö (88 procent), minst för Farsta (25 procent)"
        ),
        "{description}"
    );
    assert!(!told("percent-zero", "sv")[1].contains("andel"), "a bar without parts has no share");
}

#[test]
fn bars_of_time_tell_the_course_of_their_years() {
    let years = |mark, list: &[(&str, &str)]| {
        let data = build(mark, "År", &YEARS, list.iter().map(|(name, values)| series(name, values)).collect());
        fonts();
        describe(&data, fonts(), &label("sv")).description
    };
    assert_eq!(
        years(Mark::Bar, &[("Totalt", "4 5 9 12 11 8 6 7")]),
        "Diagrammet visar antal ärenden från 2013 till 2020. Totalt: från 4 (2013) upp till 12 (2016) och ned till 7 (2020)."
    );
    let [women, men] = [("Kvinnor", "1 2 3 4 5 6 7 8"), ("Män", "9 8 7 6 5 4 3 2")];
    let grouped = years(Mark::GroupedBar, &[women, men]);
    assert!(
        grouped.ends_with("Män: en minskning från 9 (2013) till 2 (2020). Kvinnor ligger högst från 2018 till 2020."),
        "{grouped}"
    );
    let stacked = years(Mark::StackedBar, &[("Kvinnor", "1 2 3 4 5 6 7 8"), ("Män", "1 1 1 9 1 1 1 1")]);
    assert!(
        stacked.contains(
            "Allt sammantaget ökar det från 2013 till 2020; mest är det 2016 och minst 2013. Kvinnor: en ökning"
        ),
        "{stacked}"
    );
    let parts = years(Mark::PercentBar, &[women, men]);
    assert!(parts.contains("Kvinnor: en ökning från 10 procent (2013) till 80 procent (2020)."), "{parts}");
}

#[test]
fn many_lines_are_told_by_where_they_go() {
    let mut data = chart(Mark::Sparklines, 2, 8);
    for (at, series) in data.series.iter_mut().enumerate() {
        series.values = vec![number(3.0, "3"), number(if at == 1 { 1.0 } else { 4.0 }, "")];
    }
    let told = describe(&data, fonts(), &label("en")).description;
    assert!(told.contains("Rising to Rad 2: ") && told.contains(" and 3 more. Falling to Rad 2: "), "{told}");
}

#[test]
fn a_histogram_tells_where_most_and_where_the_middle_is() {
    let told = told("histogram", "sv")[1].clone();
    assert!(told.contains("Flest i klassen ") && told.contains("Det mittersta värdet finns i klassen "), "{told}");
    assert!(told.contains("Värdena går från klassen ") && !told.contains("Minst hälften"), "{told}");
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
        "Kartan visar värde i besök per 1 000 invånare för 6 områden (Kommun). Högst: Öarna (22,0). Lägst: \
         Kusten (3,1). I den högsta klassen: Norra länsdelen och Öarna. Värde saknas: Inlandet (uppgift \
         saknas). Alla värden: Norra länsdelen 20,5; Kusten 3,1; Inlandet (uppgift saknas); \
         Öarna 22,0; Staden 3,4; Söder 8,9."
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
fn every_mark_is_told_in_every_language_even_without_values() {
    fonts();
    for language in ["sv", "en", "nb"] {
        for (name, mut data) in gallery() {
            assert!(!describe(&data, fonts(), &label(language)).description.is_empty(), "{name}");
            data.series.iter_mut().for_each(|series| series.values.fill(blank()));
            let told = describe(&data, fonts(), &label(language)).description;
            assert!(told.contains("uppgift saknas"), "{name}: {told}");
        }
    }
}

#[test]
fn columns_of_time_are_told_as_a_course_also_where_the_newest_stands_first() {
    let course = |years: &[&str], values: &str| {
        let data = build(Mark::Bar, "År", years, vec![series("Ärenden", values)]);
        describe(&data, fonts(), &label("sv")).description
    };
    let told = course(&["2019", "2020", "2021", "2022", "2023", "2024", "2025"], "10 12 30 11 14 18 25");
    assert!(told.contains("från 2019 till 2025"), "{told}");
    assert!(told.contains("från 10 (2019) upp till 30 (2021), ned till 11 (2022) och upp till 25 (2025)."), "{told}");
    assert_eq!(course(&["2025", "2024", "2023", "2022", "2021", "2020", "2019"], "25 18 14 11 30 12 10"), told);
}
