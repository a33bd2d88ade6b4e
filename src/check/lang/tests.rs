use super::*;

const FILES: [&str; 2] = [include_str!("sv/words.txt"), include_str!("en/words.txt")];

#[test]
fn each_language_has_a_list_for_each_tag_and_no_other() {
    for text in FILES {
        let lists = read(text);
        let mut names: Vec<&str> = lists.iter().map(|(name, _)| *name).collect();
        let mut tags: Vec<&str> = Tag::ALL.iter().map(|tag| tag.name()).collect();
        names.sort_unstable();
        tags.sort_unstable();
        assert_eq!(names, tags);
        for word in lists.iter().flat_map(|(_, words)| words) {
            assert_eq!(*word, word.to_lowercase());
        }
    }
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
