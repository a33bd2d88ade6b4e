/// Files that the program carries, by their path in a folder that is named from the file this stands in: `embedded!("starter/reply/sv": "text.md")`.
#[doc(hidden)]
#[macro_export]
macro_rules! __embedded {
    ($folder:literal: $($path:literal)+) => {
        [$(($path, include_str!(concat!($folder, "/", $path)))),+]
    };
}
pub use __embedded as embedded;
