//! Pictures as Typst will read them.

use crate::diagnostic::{Said, say};
use typst::foundations::Bytes;
use typst::visualize::{ExchangeFormat, RasterImage, SvgImage};

/// Why Typst cannot read a picture; none for one that it can. Typst keeps what it has read, so the picture is unpacked once.
#[must_use]
pub fn picture_fault(path: &str, bytes: &[u8]) -> Option<Said> {
    let data = Bytes::new(bytes.to_vec());
    let format = match path.rsplit('.').next() {
        Some("svg") => return SvgImage::new(data).err().map(|_| say!("it cannot be drawn")),
        Some("png") => ExchangeFormat::Png,
        _ => ExchangeFormat::Jpg,
    };
    RasterImage::plain(data, format).err().map(|error| {
        let error = error.to_string();
        let inner = error.strip_prefix("failed to decode image (").and_then(|rest| rest.strip_suffix(')'));
        Said::quoted(inner.unwrap_or(&error))
    })
}
