//! Pictures that are whole are taken, and none of the others takes memory before it is refused.

use std::io::Write as _;

use super::check;
use crate::diagnostic::Code;

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut crc = flate2::Crc::new();
    crc.update(kind);
    crc.update(data);
    let len = u32::try_from(data.len()).unwrap().to_be_bytes();
    [&len[..], kind, data, &crc.sum().to_be_bytes()].concat()
}

struct Png {
    size: (u32, u32),
    depth: u8,
    colour: u8,
    interlaced: u8,
    pixels: Vec<u8>,
    extra: Vec<u8>,
}

impl Png {
    /// Grey, eight bits.
    fn grey(width: u32, height: u32) -> Self {
        let pixels = vec![0; ((width + 1) * height) as usize];
        Self { size: (width, height), depth: 8, colour: 0, interlaced: 0, pixels, extra: Vec::new() }
    }

    fn bytes(&self) -> Vec<u8> {
        let header = [
            &self.size.0.to_be_bytes()[..],
            &self.size.1.to_be_bytes(),
            &[self.depth, self.colour, 0, 0, self.interlaced],
        ]
        .concat();
        let parts = [
            b"\x89PNG\r\n\x1a\n".to_vec(),
            chunk(b"IHDR", &header),
            self.extra.clone(),
            chunk(b"IDAT", &packed(&self.pixels)),
            chunk(b"IEND", b""),
        ];
        parts.concat()
    }
}

/// A JPEG of nothing but a header, scans and an end.
fn jpeg(frame: u8, (width, height): (u16, u16), components: u8, scans: usize, coded: usize) -> Vec<u8> {
    let mut out = vec![0xff, 0xd8, 0xff, frame, 0, 8, 8];
    out.extend(height.to_be_bytes());
    out.extend(width.to_be_bytes());
    out.push(components);
    for _ in 0..scans {
        out.extend([0xff, 0xda, 0, 2]);
        out.extend(vec![0x11; coded]);
    }
    out.extend([0xff, 0xd9]);
    out
}

fn code(bytes: &[u8]) -> Option<Code> {
    check(bytes).err().map(|refusal| refusal.code)
}

#[test]
fn whole_pictures_are_taken() {
    let grey = check(&Png::grey(30, 20).bytes()).unwrap();
    assert_eq!((grey.extension, grey.size), ("png", Some((30, 20))));
    // 3 × 5 in seven passes: one byte a line and one a pixel.
    let interlaced = Png { interlaced: 1, pixels: vec![0; 15 + 10], ..Png::grey(3, 5) };
    assert_eq!(code(&interlaced.bytes()), None);
    let short = Png { interlaced: 1, pixels: vec![0; 15 + 9], ..Png::grey(3, 5) };
    assert_eq!(code(&short.bytes()), Some(Code::PICTURE_DAMAGED));
    for frame in [0xc0, 0xc1, 0xc2] {
        let facts = check(&jpeg(frame, (300, 200), 3, 1, 2000)).unwrap();
        assert_eq!((facts.extension, facts.size, facts.memory), ("jpg", Some((300, 200)), 180_000));
    }
}

#[test]
fn a_picture_has_the_size_that_it_is_shown_in() {
    let whole = jpeg(0xc0, (300, 200), 3, 1, 2000);
    let held = |order: &[u8; 2], how: u8| {
        let little = order == b"II";
        let short = |n: u8| if little { [n, 0] } else { [0, n] };
        let long = |n: u8| if little { [n, 0, 0, 0] } else { [0, 0, 0, n] };
        let mark = if little { &b"\x12\x01"[..] } else { b"\x01\x12" };
        let entry = [mark, &short(3), &long(1), &short(how), &[0, 0]].concat();
        let tiff = [&order[..], &short(42), &long(8), &short(1), &entry, &long(0)].concat();
        let len = u16::try_from(tiff.len() + 8).unwrap().to_be_bytes();
        [&whole[..2], b"\xff\xe1", &len, b"Exif\0\0", &tiff, &whole[2..]].concat()
    };
    for order in [b"II", b"MM"] {
        for (how, size) in [(1, (300, 200)), (3, (300, 200)), (6, (200, 300)), (8, (200, 300)), (9, (300, 200))] {
            assert_eq!(check(&held(order, how)).unwrap().size, Some(size), "{how}");
        }
    }
    // Nothing of it is believed.
    let cut = [&whole[..2], b"\xff\xe1\0\x10Exif\0\0MM\0*\xff\xff\xff\xff", &whole[2..]].concat();
    assert_eq!(check(&cut).unwrap().size, Some((300, 200)));
}

#[test]
fn pictures_of_other_kinds_are_named() {
    for (bytes, name) in [
        (&b"\0\0\0\x18ftypheic\0\0"[..], "is a HEIC picture"),
        (b"\0\0\0\x1cftypavif", "is an AVIF picture"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "is a WebP picture"),
        (b"GIF89a", "is a GIF picture"),
        (b"II*\0\x08", "is a TIFF picture"),
        (b"%PDF-1.7 <svg", "is a PDF"),
        (b"%!PS-Adobe-3.0 EPSF-3.0", "is PostScript"),
        (b"\xff\xfe<\0s\0v\0g\0", "is a text in UTF-16"),
        (b"RIFF....WAVE", "is not a picture that can be used"),
        (b"", "is not a picture that can be used"),
    ] {
        let refusal = check(bytes).unwrap_err();
        assert!(
            refusal.message.english().starts_with(name) && refusal.code == Code::FILE_TYPE,
            "{name}: {}",
            refusal.message.english()
        );
    }
}

#[test]
fn large_pictures_are_refused_by_their_headers() {
    let one_bit = Png { size: (50_000, 50_000), depth: 1, pixels: Vec::new(), ..Png::grey(1, 1) };
    assert_eq!(code(&one_bit.bytes()), Some(Code::PICTURE_TOO_LARGE));
    let deep = Png { size: (7000, 7000), depth: 16, colour: 6, pixels: Vec::new(), ..Png::grey(1, 1) };
    assert_eq!(code(&deep.bytes()), Some(Code::PICTURE_TOO_LARGE));
    let long = Png { size: (1, 40_000), pixels: Vec::new(), ..Png::grey(1, 1) };
    assert_eq!(code(&long.bytes()), Some(Code::PICTURE_TOO_LARGE));
    assert_eq!(code(&jpeg(0xc0, (65_000, 65_000), 3, 1, 100)), Some(Code::PICTURE_TOO_LARGE));
    assert_eq!(code(&jpeg(0xc2, (3000, 3000), 3, 101, 2000)), Some(Code::PICTURE_TOO_LARGE));
    assert_eq!(code(&Png { size: (0, 3), ..Png::grey(1, 1) }.bytes()), Some(Code::PICTURE_DAMAGED));
}

#[test]
fn what_unpacks_to_too_much_is_refused() {
    let bomb = packed(&vec![0; 5 << 20]);
    for (kind, head) in [(b"iCCP", &b"x\0\0"[..]), (b"zTXt", b"x\0\0"), (b"iTXt", b"x\0\x01\0\0\0")] {
        let extra = chunk(kind, &[head, &bomb].concat());
        assert_eq!(code(&Png { extra, ..Png::grey(9, 9) }.bytes()), Some(Code::PICTURE_TOO_LARGE), "{kind:?}");
    }
    // None of them large, all together too much.
    let extra = chunk(b"zTXt", &[b"x\0\0", &packed(&vec![0; 1 << 20])[..]].concat()).repeat(5);
    assert_eq!(code(&Png { extra, ..Png::grey(9, 9) }.bytes()), Some(Code::PICTURE_TOO_LARGE));
    let extra = chunk(b"iCCP", &[b"x\0\0", &packed(&vec![0; 1 << 20])[..]].concat());
    assert_eq!(code(&Png { extra, ..Png::grey(9, 9) }.bytes()), None);
}

#[test]
fn cut_and_damaged_pictures_are_told() {
    let whole = Png::grey(30, 20).bytes();
    for len in 8..whole.len() {
        assert_eq!(code(&whole[..len]), Some(Code::PICTURE_DAMAGED), "{len} bytes");
    }
    let mut changed = whole.clone();
    changed[20] ^= 1;
    assert_eq!(code(&changed), Some(Code::PICTURE_DAMAGED));
    let short = Png { pixels: vec![0; 30], ..Png::grey(30, 20) };
    assert_eq!(code(&short.bytes()), Some(Code::PICTURE_DAMAGED));
    let whole = jpeg(0xc0, (300, 200), 3, 1, 2000);
    for len in 3..whole.len() {
        assert_eq!(code(&whole[..len]), Some(Code::PICTURE_DAMAGED), "{len} bytes");
    }
    assert_eq!(code(&jpeg(0xc0, (7000, 7000), 3, 1, 2000)), Some(Code::PICTURE_DAMAGED));
    assert_eq!(code(&jpeg(0xc0, (300, 200), 4, 1, 2000)), Some(Code::PICTURE_COLOURS));
    assert_eq!(code(&jpeg(0xc9, (300, 200), 3, 1, 2000)), Some(Code::FILE_TYPE));
    for other in [&b""[..], b"GIF89a", b"RIFF....WEBP", b"%PDF-1.7 <svg", b"\x1f\x8b"] {
        assert_eq!(code(other), Some(Code::FILE_TYPE));
    }
}

const HEAD: &str =
    r#"<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="200" height="100">"#;

fn drawing(body: &str) -> Option<Code> {
    code(format!("{HEAD}{body}</svg>").as_bytes())
}

#[test]
fn drawings_of_drawing_programs_are_taken() {
    for body in [
        "<rect width='5' height='5'/>",
        "<a xlink:href='https://example.org'><text y='9'>a</text></a>",
        "<style>.a{fill:url(#g)}</style><linearGradient id='g'><stop offset='0'/></linearGradient><g class='a'><path d='M0 0h9'/></g>",
        "<filter id='f'><feGaussianBlur stdDeviation='2'/></filter><rect width='9' height='9' filter='url(#f)'/>",
        "<symbol id='s'><path d='M0 0h9'/></symbol><use xlink:href='#s'/><use href='#s' x='3'/>",
        "<i:view xmlns:i='http://www.inkscape.org/' onzoom='1'/><metadata><r xmlns='http://purl.org/' href='x'/></metadata>",
        "<style>@font-face{src:url(data:font/woff2;base64,AA)}</style>",
    ] {
        assert_eq!(drawing(body), None, "{body}");
    }
    let doctype =
        r#"<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">"#;
    let entity = r##"<!DOCTYPE svg [<!ENTITY c "#f00">]>"##;
    let comment = format!("<!-- {} å -->", "licence ".repeat(2000));
    for before in ["\u{feff}", "<?xml version='1.0' encoding='UTF-8'?>\n", doctype, entity, &comment] {
        assert_eq!(code(format!("{before}{HEAD}<rect/></svg>").as_bytes()), None, "{before}");
    }
}

#[test]
fn names_in_any_letters_are_read() {
    assert_eq!(drawing("<g h\u{627}eight='1'/>"), None);
    assert_eq!(drawing("<g \u{e5}\u{e4}='1' \u{f6}n='1'/>"), None);
}

#[test]
fn what_runs_moves_or_is_fetched_is_refused() {
    for body in [
        "<script>1</script>",
        "<s:script xmlns:s='http://www.w3.org/2000/svg'/>",
        "<h:script xmlns:h='http://www.w3.org/1999/xhtml'/>",
        "<g onload='1'/>",
        "<rect ONCLICK='1'/>",
        "<a href=' JavaScript:1'/>",
        "<a href='java&#9;script:1'/>",
        "<a href='data:text/html,x'/>",
        "<a><animate attributeName='href' to='javascript:1'/></a>",
        "<a><set attributeName='href' to='javascript:1'/></a>",
        "<foreignObject/>",
        "<iframe/>",
        "<use href='other.svg#a'/>",
        "<use href='data:image/svg+xml;base64,AA#a'/>",
        "<image href='https://example.org/a.png'/>",
        "<image href='../a.png'/>",
        "<image href='data:image/svg+xml;base64,PHN2Zy8+'/>",
        "<style>@import 'x'</style>",
        "<style>@\\69mport 'x'</style>",
        "<style><![CDATA[rect{fill:url( 'x.svg#a')}]]></style>",
        "<rect style='fill:URL(//x)'/>",
        "<rect fill='url(x)'/>",
        "<g xml:base='https://example.org/'/>",
        "<feImage/>",
        "<feTurbulence/>",
        "<g id='a'><use href='#a'/></g>",
        "<g id='a'><use href='#b'/></g><g id='b'><use href='#a'/></g>",
    ] {
        assert_eq!(drawing(body), Some(Code::PICTURE_UNSAFE), "{body}");
    }
    for before in [
        "<?xml-stylesheet href='x'?>",
        "<?xml version='1.0' encoding='ISO-8859-1'?>",
        "<!DOCTYPE svg [<!ATTLIST svg onload CDATA '1'>]>",
        "<!DOCTYPE svg [<!ENTITY x '<script/>'>]>",
        "<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/hostname'>]>",
        "<!DOCTYPE svg [<!ENTITY % x SYSTEM 'x'> %x;]>",
        "<!DOCTYPE svg [<!ENTITY x '&#60;script/>'>]>",
    ] {
        assert_eq!(code(format!("{before}{HEAD}</svg>").as_bytes()), Some(Code::PICTURE_UNSAFE), "{before}");
    }
    assert_eq!(code(b"<svg width='9' height='9'/>"), Some(Code::PICTURE_DAMAGED));
    assert_eq!(code(format!("{HEAD}<rect>").as_bytes()), Some(Code::PICTURE_DAMAGED));
}

#[test]
fn drawings_that_become_too_large_are_refused() {
    let many = |refer: &dyn Fn(usize) -> String| (1..9).map(refer).collect::<String>();
    let uses = many(&|n| format!("<g id='u{n}'>{}</g>", format!("<use href='#u{}'/>", n - 1).repeat(10)));
    let masks = many(&|n| format!("<mask id='u{n}'>{}</mask>", format!("<rect mask='url(#u{})'/>", n - 1).repeat(10)));
    let patterns = many(&|n| {
        let shapes = format!("<rect class='c{}'/>", n - 1).repeat(10);
        format!("<style>.c{n}{{fill:url(#u{n})}}</style><pattern id='u{n}'>{shapes}</pattern>")
    });
    let markers = many(&|n| {
        format!("<marker id='u{n}'><path d='M0 0{}' marker-mid='url(#u{})'/></marker>", " 1 1".repeat(10), n - 1)
    });
    let deep = format!("{}{}", "<g>".repeat(60), "</g>".repeat(60));
    assert_eq!(drawing(&deep), None);
    for body in [
        format!("<g id='u0'/>{uses}<use href='#u8'/>"),
        format!("<g id='u0'/>{masks}<rect mask='url(#u8)'/>"),
        format!("{patterns}<rect class='c8'/>"),
        format!("<marker id='u0'/>{markers}"),
        format!("<g id='a'>{}</g>{}", "<rect/>".repeat(400), "<use href='#a'/>".repeat(400)),
        format!("<text>{}</text>", "a ".repeat(10_000)),
        format!("<text>{}</text>", "<tspan>a</tspan>".repeat(1000)),
        format!("<rect {}/>", (0..2000).map(|n| format!("a{n}='' ")).collect::<String>()),
        format!("<style>{}</style>{}", ".a{}".repeat(9000), "<rect/>".repeat(9000)),
        "<filter id='f' x='-99' y='-99' width='300' height='300'><feGaussianBlur stdDeviation='9'/></filter><rect width='99' height='99' filter='url(#f)'/>".to_owned(),
    ] {
        assert_eq!(drawing(&body), Some(Code::PICTURE_TOO_LARGE), "{}", &body[..body.len().min(200)]);
    }
    let deeper = format!("{}{}", "<g>".repeat(5000), "</g>".repeat(5000));
    assert_eq!(drawing(&deeper), Some(Code::PICTURE_UNSAFE));
    for size in ["width='1e9' height='1e9'", "width='1' height='9999'", "viewBox='0 0 1e9 1e9'"] {
        let bytes = format!("<svg xmlns='http://www.w3.org/2000/svg' {size}/>");
        assert_eq!(code(bytes.as_bytes()), Some(Code::PICTURE_TOO_LARGE), "{size}");
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(300))]

    #[test]
    fn changed_bytes_never_panic(at in 0_usize..200, byte in 0_u8..=255, cut in 0_usize..400) {
        let embedded = "<image href='data:image/png;base64,iVBORw0KGgo='/><style>.a{fill:url(#g)}</style><g id='g'><use href='#g'/></g>";
        let drawing = format!("<!DOCTYPE svg [<!ENTITY c 'å'>]>{HEAD}{embedded}</svg>").into_bytes();
        for mut bytes in [Png::grey(20, 10).bytes(), jpeg(0xc2, (30, 20), 3, 3, 40), drawing] {
            let at = at % bytes.len();
            bytes[at] = byte;
            bytes.truncate(bytes.len().saturating_sub(cut / 3));
            let _ = check(&super::plain(&bytes));
        }
    }
}
