/// Files that the program carries, by their path in a folder that is named from the file this stands in: `embedded!("starter/reply/sv": "text.md")`.
macro_rules! embedded {
    ($folder:literal: $($path:literal)+) => {
        [$(($path, include_str!(concat!($folder, "/", $path)))),+]
    };
}
pub(crate) use embedded;
