use super::*;

/// Each language has every list of a file once and no other, with words in small letters.
fn check(file: usize, known: impl Iterator<Item = String>) {
    let mut known: Vec<String> = known.collect();
    known.sort_unstable();
    for files in FILES {
        let lists = read(files[file]);
        let mut names: Vec<&str> = lists.iter().map(|(name, _)| *name).collect();
        names.sort_unstable();
        assert_eq!(names, known);
        for word in lists.iter().flat_map(|(_, words)| words) {
            assert_eq!(*word, word.to_lowercase());
        }
    }
}

#[test]
fn each_language_has_every_list_and_no_other() {
    let hyphens = |names: &[&str]| names.iter().map(|name| name.replace('_', "-")).collect::<Vec<_>>();
    check(0, Tag::ALL.iter().map(|tag| tag.name().to_owned()));
    check(1, hyphens(Lists::NAMES).into_iter());
    check(2, hyphens(Numerals::NAMES).into_iter());
}

#[test]
fn words_beginnings_endings_and_phrases_are_tagged() {
    let pack = pack(Language::Swedish);
    assert!(pack.tags("av").has(Tag::Of) && !pack.tags("avd").has(Tag::Of));
    assert!(pack.tags("svarsfrekvensen").has(Tag::ResponseRate));
    let words = ["vill", "säga", "16"];
    let (used, tags) = pack.phrase("det", |at| words.get(at).copied()).unwrap_or_default();
    assert!(used == 3 && tags.has(Tag::Equals));
}

#[test]
fn inflected_forms_share_a_stem() {
    for group in [
        &["ärende", "ärenden", "ärendena", "ärendet", "ärendenas"][..],
        &["granskade", "granskad", "granskat", "granskades"],
        &["enkät", "enkäter", "enkäterna"],
        &["plan", "planen", "planer", "planerna"],
        &["skolor", "skolorna", "skola", "skolan"],
        &["svarsfrekvens", "svarsfrekvensen"],
        &["ansvar", "ansvaret"],
        &["resultat", "resultatet", "resultaten"],
        &["kvinna", "kvinnor", "kvinnorna"],
    ] {
        let stems: Vec<String> = group.iter().map(|word| stem(word, Language::Swedish)).collect();
        assert!(stems.iter().all(|one| *one == stems[0]), "{group:?}: {stems:?}");
    }
    for group in
        [&["homes", "home"][..], &["refused", "refuses", "refuse"], &["inspected", "inspect"], &["cases", "case"]]
    {
        let stems: Vec<String> = group.iter().map(|word| stem(word, Language::English)).collect();
        assert!(stems.iter().all(|one| *one == stems[0]), "{group:?}: {stems:?}");
    }
}
