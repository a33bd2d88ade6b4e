//! What each file of a crate takes from which other, read from its tokens. What stands behind `#[cfg(test)]` is left out, and nothing else; names are
//! followed through re-exports to the file that defines them.

use std::collections::{BTreeMap, BTreeSet};

use super::words;
use proc_macro2::{Delimiter, Group, Punct, Spacing, TokenStream, TokenTree};

/// Names one below the other: `["check", "prose"]` is the module `check::prose`, and the root of a crate has none.
pub type Path = Vec<String>;

/// The modules of a crate that are no tests.
pub struct Crate(BTreeMap<Path, Module>);

/// What one file says.
#[derive(Default)]
pub struct Module {
    /// Every path that it writes, those of a `use` each spelled out.
    paths: Vec<Path>,
    /// What its `use` call what.
    names: BTreeMap<String, Path>,
    /// As they are written.
    pub literals: Vec<String>,
    /// The texts of those that another text may be held against.
    pub texts: Vec<String>,
}

impl Crate {
    /// Of texts by their paths below the folder of the root.
    pub fn new<P: AsRef<str>, T: AsRef<str>>(files: impl IntoIterator<Item = (P, T)>) -> Self {
        let (mut modules, mut tests) = (BTreeMap::new(), Vec::new());
        for (path, text) in files {
            let place: Path = match path.as_ref().trim_end_matches(".rs").trim_end_matches("/mod") {
                "core" | "lib" | "main" => Path::new(),
                path => path.split('/').map(str::to_owned).collect(),
            };
            let mut behind_tests = Vec::new();
            let tokens = without_tests(text.as_ref().parse().unwrap(), &mut behind_tests);
            tests.extend(behind_tests.into_iter().map(|name| [place.clone(), vec![name]].concat()));
            // The roots are one: modules speak of each other as of one crate.
            let module: &mut Module = modules.entry(place).or_default();
            module.texts.extend(words::texts(tokens.clone()));
            module.read(tokens);
        }
        modules.retain(|place, _| !tests.iter().any(|test| place.starts_with(test)));
        Self(modules)
    }

    pub fn modules(&self) -> impl Iterator<Item = (&Path, &Module)> {
        self.0.iter()
    }

    /// Each import within the crate: the module that writes it, and the one that defines what it takes.
    pub fn imports(&self) -> impl Iterator<Item = (&Path, Path)> {
        let all = self.0.iter().flat_map(|(from, module)| module.paths.iter().map(move |path| (from, path)));
        all.filter_map(|(from, path)| Some((from, self.definer(from, path, &mut BTreeSet::new())?)))
    }

    /// Each path that leads out of the crate, after the module that writes it.
    pub fn foreign(&self) -> impl Iterator<Item = (&Path, &Path)> {
        let all = self.0.iter().flat_map(|(from, module)| module.paths.iter().map(move |path| (from, path)));
        all.filter(|(from, path)| self.definer(from, path, &mut BTreeSet::new()).is_none())
    }

    /// Modules that take all that another one has: nobody can tell what.
    pub fn globs(&self) -> impl Iterator<Item = &Path> {
        let glob = |(from, module): (&Path, &Module)| {
            let mut globs = module.paths.iter().filter(|path| path.last().is_some_and(|last| last == "*"));
            globs.any(|path| self.definer(from, path, &mut BTreeSet::new()).is_some())
        };
        self.0.iter().filter(move |found| glob(*found)).map(|(from, _)| from)
    }

    /// The module that defines what a path leads to from where it is written; none where that is another crate.
    fn definer(&self, from: &[String], path: &[String], asked: &mut BTreeSet<Path>) -> Option<Path> {
        let mut at = from.to_vec();
        for (n, step) in path.iter().enumerate() {
            let below = [at.clone(), vec![step.clone()]].concat();
            match step.as_str() {
                "crate" => at.clear(),
                "super" => drop(at.pop()),
                _ if self.0.contains_key(&below) => at = below,
                name => {
                    return match self.0.get(&at).and_then(|module| module.names.get(name)) {
                        // After `use zip::zip` the name leads to itself.
                        Some(_) if !asked.insert(below) => None,
                        Some(leads) => self.definer(&at, &[leads, &path[n + 1..]].concat(), asked),
                        None => (n > 0).then_some(at),
                    };
                }
            }
        }
        Some(at)
    }
}

impl Module {
    fn read(&mut self, tokens: TokenStream) {
        let mut tokens = tokens.into_iter().chain([Punct::new(';', Spacing::Alone).into()]);
        let (mut path, mut goes_on) = (Path::new(), false);
        while let Some(token) = tokens.next() {
            match &token {
                // Two colons; one alone stands before a type.
                TokenTree::Punct(colon) if colon.as_char() == ':' && (goes_on || colon.spacing() == Spacing::Joint) => {
                    goes_on = true;
                    continue;
                }
                TokenTree::Ident(name) if goes_on => {
                    path.push(name.to_string());
                    goes_on = false;
                    continue;
                }
                _ => {}
            }
            // A name alone is the file's own, or was imported.
            let read = std::mem::take(&mut path);
            self.paths.extend((read.len() > 1).then_some(read));
            goes_on = false;
            match token {
                TokenTree::Ident(word) if word == "use" => {
                    let end = |token: &TokenTree| matches!(token, TokenTree::Punct(end) if end.as_char() == ';');
                    self.import(tokens.by_ref().take_while(|token| !end(token)).collect(), &Path::new());
                }
                TokenTree::Ident(name) => path.push(name.to_string()),
                TokenTree::Group(group) => self.read(group.stream()),
                TokenTree::Literal(literal) => self.literals.push(literal.to_string()),
                TokenTree::Punct(_) => {}
            }
        }
    }

    /// The trees of a `use`, parted by commas; `before` is what stands before their brace.
    fn import(&mut self, trees: TokenStream, before: &Path) {
        let (mut path, mut renamed) = (before.clone(), None);
        for token in trees.into_iter().chain([Punct::new(',', Spacing::Alone).into()]) {
            match token {
                TokenTree::Ident(word) if word == "as" => renamed = Some(String::new()),
                TokenTree::Ident(name) if renamed.is_some() => renamed = Some(name.to_string()),
                TokenTree::Ident(name) if name == "self" => {}
                TokenTree::Ident(name) => path.push(name.to_string()),
                TokenTree::Group(group) => {
                    self.import(group.stream(), &path);
                    path.clear();
                }
                TokenTree::Punct(glob) if glob.as_char() == '*' => path.push("*".to_owned()),
                TokenTree::Punct(comma) if comma.as_char() == ',' => {
                    let path = std::mem::replace(&mut path, before.clone());
                    if let Some(name) = renamed.take().or_else(|| path.last().cloned()) {
                        self.names.insert(name, path.clone());
                        self.paths.push(path);
                    }
                }
                _ => {}
            }
        }
    }
}

/// Leaves out the items, fields and statements behind `#[cfg(test)]`; what modules of files are among them goes to `modules`.
fn without_tests(tokens: TokenStream, modules: &mut Vec<String>) -> TokenStream {
    let mut out: Vec<TokenTree> = Vec::new();
    let mut tokens = tokens.into_iter();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Group(group) if group.stream().to_string().replace(' ', "") == "cfg(test)" => {
                // The `#` before it.
                out.pop();
                if let [.., TokenTree::Ident(word), TokenTree::Ident(name), TokenTree::Punct(_)] =
                    &item(&mut tokens)[..]
                    && word == "mod"
                {
                    modules.push(name.to_string());
                }
            }
            TokenTree::Group(group) => {
                let inner = without_tests(group.stream(), modules);
                out.push(Group::new(group.delimiter(), inner).into());
            }
            token => out.push(token),
        }
    }
    out.into_iter().collect()
}

/// The tokens to the end of an item (its brace or semicolon) or of a field (its comma).
fn item(tokens: &mut impl Iterator<Item = TokenTree>) -> Vec<TokenTree> {
    let (mut out, mut angles, mut arrow) = (Vec::new(), 0, false);
    for token in tokens {
        let sign = match &token {
            TokenTree::Punct(sign) => sign.as_char(),
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => ';',
            _ => ' ',
        };
        match sign {
            '<' => angles += 1,
            '>' if !arrow => angles -= 1,
            _ => {}
        }
        arrow = matches!(sign, '-' | '=');
        out.push(token);
        if sign == ';' || sign == ',' && angles == 0 {
            break;
        }
    }
    out
}
