//! Statements of the plainest kinds, in all ways of joining a few first sentences with a few second ones: what is right is left alone, and what is
//! wrong is accused.

use super::*;
use crate::locale::Language;

/// Whether anything is said of a text.
fn is_accused(text: &str, language: Language) -> bool {
    let passage = Passage::of_text(text, language);
    let mut all = passage.numbers.iter().filter_map(|number: &Number| {
        let kind = kind(&passage, number, &Words::around(&passage, number))?;
        judge(0, &Derived::new(&passage, number.clone(), kind, &[])?)
    });
    all.next().is_some()
}

/// Holds every first sentence with every second one against numbers that are right and such as are wrong.
fn hold(language: Language, first: &[&str], second: &[&str], numbers: &[(&[(&str, &str)], bool)]) {
    for (first, second) in first.iter().flat_map(|first| second.iter().map(move |second| (first, second))) {
        for (values, right) in numbers {
            let fill = |text: String, (name, value): &(&str, &str)| text.replace(&format!("{{{name}}}"), value);
            let text = values.iter().fold(format!("{first} {second}"), fill);
            assert_eq!(is_accused(&text, language), !right, "{text}");
        }
    }
}

#[test]
fn changes() {
    let numbers: [(&[(&str, &str)], bool); 6] = [
        (&[("now", "445"), ("before", "412"), ("apart", "33"), ("grown", "ökat"), ("growth", "ökning")], true),
        (&[("now", "445"), ("before", "412"), ("apart", "43"), ("grown", "ökat"), ("growth", "ökning")], false),
        (&[("now", "445"), ("before", "412"), ("apart", "33"), ("grown", "minskat"), ("growth", "minskning")], false),
        (&[("now", "702"), ("before", "758"), ("apart", "56"), ("grown", "minskat"), ("growth", "minskning")], true),
        (&[("now", "702"), ("before", "758"), ("apart", "46"), ("grown", "minskat"), ("growth", "minskning")], false),
        (&[("now", "702"), ("before", "758"), ("apart", "56"), ("grown", "ökat"), ("growth", "ökning")], false),
    ];
    let first = [
        "Antalet ärenden var {now} 2023, jämfört med {before} 2022.",
        "Antalet ärenden var {now}, att jämföra med {before} året innan.",
        "Antalet ärenden uppgick till {now} under 2023 mot {before} föregående år.",
        "Antalet ärenden blev {now} (2022: {before}).",
        "Antalet ärenden var {now} 2023 och {before} 2022.",
        "År 2022, då taxan höjdes, var antalet ärenden {before}. Under 2023 var det {now}.",
    ];
    let second = [
        "Det har alltså {grown} med {apart}.",
        "Det är en {growth} med {apart}.",
        "Det innebär en {growth} med {apart} ärenden.",
        "Antalet har därmed {grown} med {apart}.",
    ];
    hold(Language::Swedish, &first, &second, &numbers);
    hold(
        Language::Swedish,
        &["Väntetiden var {now} dagar 2023 mot {before} dagar 2022."],
        &["Den har alltså {grown} med {apart} dagar.", "Det är en {growth} med {apart} dagar."],
        &numbers,
    );
}

#[test]
fn shares() {
    let numbers: [(&[(&str, &str)], bool); 4] = [
        (&[("all", "240"), ("some", "84"), ("share", "35")], true),
        (&[("all", "240"), ("some", "84"), ("share", "45")], false),
        (&[("all", "125"), ("some", "90"), ("share", "72")], true),
        (&[("all", "125"), ("some", "90"), ("share", "62")], false),
    ];
    let first = ["Vi besökte {all} skolor.", "Kontrollen omfattade {all} skolor.", "Det finns {all} skolor i länet."];
    let second = [
        "{some} av dem ({share} procent) saknade en plan.",
        "Av dessa saknade {some}, det vill säga {share} procent, en plan.",
        "I {some} av dem fanns brister, alltså {share} procent.",
    ];
    hold(Language::Swedish, &first, &second, &numbers);
    let first = ["We visited {all} schools.", "There are {all} schools in the county."];
    let second = ["{some} of them, {share}%, had a plan.", "A plan was found in {some} of them, or {share}%."];
    hold(Language::English, &first, &second, &numbers);
}

#[test]
fn rates() {
    let numbers: [(&[(&str, &str)], bool); 4] = [
        (&[("all", "234"), ("units", "18"), ("each", "13")], true),
        (&[("all", "234"), ("units", "18"), ("each", "17")], false),
        (&[("all", "304"), ("units", "16"), ("each", "19")], true),
        (&[("all", "304"), ("units", "16"), ("each", "16")], false),
    ];
    let first = ["Det gjordes {all} besök på {units} dagar,", "{all} besök fördelade på {units} dagar,"];
    hold(Language::Swedish, &first, &["alltså {each} besök per dag.", "i genomsnitt {each} per dag."], &numbers);
    let first = ["Det fanns {units} skolor och {all} besök.", "De {units} skolorna hade tillsammans {all} besök."];
    hold(Language::Swedish, &first, &["Det ger i snitt {each} besök per skola."], &numbers);
}
