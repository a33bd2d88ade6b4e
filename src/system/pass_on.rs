/// Methods of [`System`](super::System) that a workspace leaves to the one below it: `pass_on! { self => self.inner; list_all, exists }`. What lies
/// over another writes those that it changes and names those that it passes on.
#[doc(hidden)]
#[macro_export]
macro_rules! __pass_on {
    ($this:ident => $below:expr; $($method:ident),+) => { $($crate::system::pass_on! { @$method $this $below })+ };
    (@read $this:ident $below:expr) => {
        fn read(&$this, path: &str) -> Result<$crate::system::Bytes, $crate::system::ReadError> { $below.read(path) }
    };
    (@list_all $this:ident $below:expr) => {
        fn list_all(&$this, folder: &str) -> Result<Vec<$crate::system::Entry>, $crate::system::ReadError> { $below.list_all(folder) }
    };
    (@list_hidden $this:ident $below:expr) => {
        fn list_hidden(&$this, folder: &str) -> Vec<$crate::system::Entry> { $below.list_hidden(folder) }
    };
    (@listed $this:ident $below:expr) => {
        fn listed(&$this, path: &str) -> Option<$crate::system::Entry> { $below.listed(path) }
    };
    (@records_with $this:ident $below:expr) => {
        fn records_with(&$this, words: &str) -> Vec<String> { $below.records_with(words) }
    };
    (@stamp $this:ident $below:expr) => {
        fn stamp(&$this, path: &str) -> Option<$crate::system::Stamp> { $below.stamp(path) }
    };
    (@contents $this:ident $below:expr) => {
        fn contents(&$this, folder: &str) -> Result<std::collections::BTreeMap<String, Option<$crate::system::Stamp>>, $crate::system::ReadError> {
            $below.contents(folder)
        }
    };
    (@walk $this:ident $below:expr) => {
        fn walk(&$this, folder: &str) -> Result<Vec<String>, (String, $crate::system::ReadError)> { $below.walk(folder) }
    };
    (@sight $this:ident $below:expr) => {
        fn sight(&$this, path: &str) -> $crate::system::Sight { $below.sight(path) }
    };
    (@clear $this:ident $below:expr) => { fn clear(&$this, folder: &str) { $below.clear(folder); } };
    (@sync $this:ident $below:expr) => { fn sync(&$this, folder: &str) -> std::io::Result<()> { $below.sync(folder) } };
    (@lock $this:ident $below:expr) => { fn lock(&$this, path: &str) -> std::io::Result<Box<dyn Send>> { $below.lock(path) } };
    (@try_lock $this:ident $below:expr) => {
        fn try_lock(&$this, path: &str) -> std::io::Result<Option<Box<dyn Send>>> { $below.try_lock(path) }
    };
    (@rename $this:ident $below:expr) => {
        fn rename(&$this, from: &str, to: &str) -> std::io::Result<()> { $below.rename(from, to) }
    };
    (@remove $this:ident $below:expr) => { fn remove(&$this, path: &str) -> std::io::Result<()> { $below.remove(path) } };
    (@exists $this:ident $below:expr) => { fn exists(&$this, path: &str) -> bool { $below.exists(path) } };
    // `write`, `replace` and `write_durably`, which are alike.
    (@$write:ident $this:ident $below:expr) => {
        fn $write(&$this, path: &str, bytes: &[u8]) -> std::io::Result<()> { $below.$write(path, bytes) }
    };
}
pub use __pass_on as pass_on;
