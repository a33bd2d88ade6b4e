//! Pictures of kinds that are not taken, told by their first bytes: their authors are told what the file is and how to convert it.

use super::Refusal;
use crate::diagnostic::{Code, Said, say};

/// What a file is and what to do, where it is known.
pub fn refusal(bytes: &[u8]) -> Refusal {
    let (message, help) = KINDS
        .iter()
        .find(|kind| kind.signs.iter().all(|(at, sign)| bytes.get(*at..).is_some_and(|rest| rest.starts_with(sign))))
        .map_or((say!("is not a picture that can be used"), CONVERT), |kind| (kind.message.clone(), kind.help.clone()));
    Refusal::new(Code::FILE_TYPE, message, help)
}

const CONVERT: Said = say!("pictures are PNG, JPEG or SVG; convert the file to one of them");
const PHOTO: Said = say!(
    "open it in a picture program and export it as JPEG; on an iPhone: Settings, Camera, Formats, Most Compatible"
);
const DRAWING: Said = say!("export the drawing as SVG, or as PNG of 2,000 pixels across");
const LETTERS: Said = say!("save it anew as an SVG in UTF-8");

struct Kind {
    /// Bytes by their places.
    signs: &'static [(usize, &'static [u8])],
    message: Said,
    help: Said,
}

const KINDS: &[Kind] = &[
    Kind { signs: &[(4, b"ftypavif")], message: say!("is an AVIF picture"), help: CONVERT },
    // High Efficiency Image File, under whatever name a phone gives it.
    Kind { signs: &[(4, b"ftyp")], message: say!("is a HEIC picture or a film, as phones take them"), help: PHOTO },
    Kind { signs: &[(0, b"RIFF"), (8, b"WEBP")], message: say!("is a WebP picture"), help: CONVERT },
    Kind { signs: &[(0, b"GIF8")], message: say!("is a GIF picture"), help: CONVERT },
    Kind { signs: &[(0, b"II*\0")], message: say!("is a TIFF picture"), help: CONVERT },
    Kind { signs: &[(0, b"MM\0*")], message: say!("is a TIFF picture"), help: CONVERT },
    Kind { signs: &[(0, b"BM")], message: say!("is a BMP picture"), help: CONVERT },
    Kind { signs: &[(0, b"%PDF")], message: say!("is a PDF and no picture"), help: DRAWING },
    Kind { signs: &[(0, b"%!PS")], message: say!("is PostScript (EPS) and no picture"), help: DRAWING },
    Kind { signs: &[(0, b"\xd7\xcd\xc6\x9a")], message: say!("is a Windows metafile (WMF)"), help: DRAWING },
    Kind { signs: &[(0, b"\x01\0\0\0"), (40, b" EMF")], message: say!("is a Windows metafile (EMF)"), help: DRAWING },
    Kind {
        signs: &[(0, b"\x1f\x8b")],
        message: say!("is a compressed file, as drawing programs write SVGZ"),
        help: say!("save the drawing as SVG without compression (in Inkscape “Plain SVG”)"),
    },
    Kind { signs: &[(0, b"<mxfile")], message: say!("is a file of draw.io and no picture"), help: DRAWING },
    Kind { signs: &[(4, b"jP  ")], message: say!("is a JPEG 2000 picture"), help: CONVERT },
    Kind { signs: &[(4, b"JXL ")], message: say!("is a JPEG XL picture"), help: CONVERT },
    Kind { signs: &[(0, b"\xff\x0a")], message: say!("is a JPEG XL picture"), help: CONVERT },
    Kind { signs: &[(0, b"8BPS")], message: say!("is a file of Photoshop"), help: CONVERT },
    Kind { signs: &[(0, b"gimp xcf")], message: say!("is a file of GIMP"), help: CONVERT },
    Kind { signs: &[(0, b"\0\0\x01\0")], message: say!("is an icon of Windows"), help: CONVERT },
    Kind { signs: &[(0, b"\xff\xfe")], message: say!("is a text in UTF-16"), help: LETTERS },
    Kind { signs: &[(0, b"\xfe\xff")], message: say!("is a text in UTF-16"), help: LETTERS },
];
