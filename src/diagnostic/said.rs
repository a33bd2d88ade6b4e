//! What the program says, before it is put into a language.
//!
//! The English words stand in the code and are the key to those of other languages, which stand in `templates/messages/`. `say!` takes them as
//! `format!` does, only that every place in the template has a name: `say!("there is no figure `{id}`", id = figure.id.value)`. Values are numbers,
//! names and whatever else an author wrote, and are never translated; or they are phrases themselves.

use std::fmt::Display;

use super::Tongue;

/// A phrase, or a text that is the same in every language.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Said {
    /// What an author wrote, a number, a name.
    Text(String),
    Phrase {
        template: &'static str,
        values: Vec<(&'static str, Said)>,
    },
    /// Phrases one after the other, with a sign between them.
    List {
        all: Vec<Said>,
        between: &'static str,
    },
}

/// The same in every language.
pub(super) const QUOTED: &str = "“{words}”";

impl Said {
    /// A phrase without places for values: braces in it are braces.
    #[must_use]
    pub const fn words(template: &'static str) -> Self {
        Self::Phrase { template, values: Vec::new() }
    }

    /// What is the same in every language: what an author wrote, a name, a path, a number.
    #[must_use]
    pub fn verbatim(text: impl Display) -> Self {
        Self::Text(text.to_string())
    }

    /// What another program or part of one says, which is the same in every language and none of the program's own words.
    #[must_use]
    pub fn quoted(text: impl Display) -> Self {
        Self::Phrase { template: QUOTED, values: vec![("words", Self::verbatim(text))] }
    }

    #[must_use]
    pub fn list(all: impl IntoIterator<Item = Said>, between: &'static str) -> Self {
        Self::List { all: all.into_iter().collect(), between }
    }

    #[must_use]
    pub fn one_or_more(count: usize, one: Said, more: Said) -> Self {
        if count == 1 { one } else { more }
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) => text.is_empty(),
            Self::Phrase { template, .. } => template.is_empty(),
            Self::List { all, .. } => all.is_empty(),
        }
    }

    /// The words in a language.
    #[must_use]
    pub fn text_in(&self, tongue: Tongue) -> String {
        self.within(tongue)
    }

    /// The words as they stand in the code.
    #[must_use]
    pub fn english(&self) -> String {
        self.text_in(Tongue::English)
    }

    /// The words as they stand within others.
    fn within(&self, tongue: Tongue) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Phrase { template, values } => {
                let template = tongue.words(template).unwrap_or(template);
                if values.is_empty() { template.to_owned() } else { filled(template, values, tongue) }
            }
            Self::List { all, between } => all.iter().map(|said| said.within(tongue)).collect::<Vec<_>>().join(between),
        }
    }
}

/// A template with its values. Behind the name may stand what is written for one and for any other number: `{rows|rad|rader}`.
fn filled(template: &str, values: &[(&'static str, Said)], tongue: Tongue) -> String {
    let mut out = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some(at) = rest.find(['{', '}']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let doubled = rest.starts_with("{{") || rest.starts_with("}}");
        let Some(end) = rest.find('}').filter(|_| !doubled) else {
            out.push_str(&rest[..1]);
            rest = &rest[if doubled { 2 } else { 1 }..];
            continue;
        };
        let mut parts = rest[1..end].split('|');
        let name = parts.next().unwrap_or_default();
        let value = values.iter().find(|(known, _)| *known == name).map(|(_, value)| value.within(tongue));
        match (parts.next(), parts.next(), value) {
            (Some(one), Some(other), Some(value)) => out.push_str(if value == "1" { one } else { other }),
            (_, _, value) => out.push_str(&value.unwrap_or_default()),
        }
        rest = &rest[end + 1..];
    }
    out + rest
}

impl Default for Said {
    fn default() -> Self {
        Self::Text(String::new())
    }
}

impl From<&Said> for Said {
    fn from(said: &Said) -> Self {
        said.clone()
    }
}

/// What can be a value of a phrase.
pub trait Tell {
    fn tell(&self) -> Said;
}

impl<T: Display + ?Sized> Tell for T {
    fn tell(&self) -> Said {
        Said::Text(self.to_string())
    }
}

impl Tell for Said {
    fn tell(&self) -> Said {
        self.clone()
    }
}

/// A phrase: its English words, and the value of each name in them.
#[doc(hidden)]
#[macro_export]
macro_rules! __say {
    ($words:literal $(,)?) => { $crate::diagnostic::Said::words($words) };
    ($template:literal, $($name:ident $(= $value:expr)?),+ $(,)?) => {{
        #[allow(unused_imports, reason = "a phrase within another has the same import")]
        use $crate::diagnostic::Tell as _;
        // Names and template are held against each other here; what stands around the call cannot be seen from a constant.
        const _: fn() = || {
            let _ = format_args!($template, $($name = ""),+);
        };
        $crate::diagnostic::Said::Phrase {
            template: $template,
            values: vec![$((stringify!($name), $crate::diagnostic::say!(@ $name $(= $value)?))),+],
        }
    }};
    (@ $name:ident) => { $name.tell() };
    (@ $name:ident = $value:expr) => { ($value).tell() };
}
pub use __say as say;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_is_the_template_with_its_values() {
        let (rows, id) = (12, "a{b}");
        let said = say!("the {rows} rows of `{id}` have no {{room}}: {why}", rows, id, why = say!("nobody knows"));
        assert_eq!(said.text_in(Tongue::English), "the 12 rows of `a{b}` have no {room}: nobody knows");
        assert_eq!(Said::verbatim("{id: …}").text_in(Tongue::English), "{id: …}", "a text has no places");
        let list = Said::list([say!("one"), Said::verbatim(2)], ", ");
        assert_eq!(list.text_in(Tongue::English), "one, 2");
    }

    #[test]
    fn words_for_one_and_for_more_are_chosen_by_the_number() {
        let told = |rows: usize| {
            filled("{rows} {rows|rad|rader} i `{id}`", &[("rows", rows.tell()), ("id", "x".tell())], Tongue::English)
        };
        assert_eq!((told(1), told(2)), ("1 rad i `x`".to_owned(), "2 rader i `x`".to_owned()));
    }

    /// Were there a way from a bare text to a `Said`, this would not compile: both would fit.
    #[test]
    fn no_text_becomes_words_by_itself() {
        trait Either<Which> {
            fn fits() {}
        }
        struct FromText;
        impl<T> Either<()> for T {}
        impl<T: From<&'static str>> Either<FromText> for T {}
        <Said as Either<_>>::fits();
    }
}
