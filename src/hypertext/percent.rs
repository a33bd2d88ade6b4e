//! Percent signs in addresses.

/// A name as a part of an address.
#[must_use]
pub fn encoded(name: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
    name.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

/// A path as an address: its parts, with the slashes between them.
#[must_use]
pub fn encoded_path(path: &str) -> String {
    path.split('/').map(encoded).collect::<Vec<_>>().join("/")
}

/// The bytes of an address without percent signs. A sign that begins no code stands for itself.
#[must_use]
pub fn decoded(address: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(address.len());
    let mut rest = address.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let code = (first == b'%').then(|| after.get(..2)).flatten();
        let code = code.and_then(|digits| std::str::from_utf8(digits).ok());
        match code.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                out.push(first);
                rest = after;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{decoded, encoded, encoded_path};

    #[test]
    fn what_is_encoded_is_decoded() {
        for (name, address) in
            [("a b", "a%20b"), ("å/ä", "%C3%A5%2F%C3%A4"), ("a-b_c.d~1", "a-b_c.d~1"), ("100%", "100%25")]
        {
            assert_eq!(encoded(name), address);
            assert_eq!(decoded(address), name.as_bytes());
        }
        assert_eq!(encoded_path("å/b c.pdf"), "%C3%A5/b%20c.pdf");
        assert_eq!(decoded("5 % av %zz och %4"), "5 % av %zz och %4".as_bytes());
    }
}
