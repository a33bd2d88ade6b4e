//! Signatures in the form of minisign, so that anyone can check them with that program or with this one.

use std::io::Cursor;

use minisign::{KeyPair, PublicKey, PublicKeyBox, SecretKey, SecretKeyBox, SignatureBox};

use crate::diagnostic::{Said, say};

/// The file beside `manifest.json`.
pub const FILE: &str = "manifest.json.minisig";

/// The comment that minisign does not sign; only this one is accepted.
const UNTRUSTED: &str = "signature of belagg, to be checked with minisign or `belagg verify`";

/// A key that signs.
pub struct Signer(SecretKey, PublicKey);

impl std::fmt::Debug for Signer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Signer")
    }
}

impl Signer {
    /// Reads a secret key as minisign or `belagg key` writes it; one with a password asks for it on the terminal.
    ///
    /// # Errors
    /// What is wrong with the key or the password, in words.
    pub fn read(text: &str) -> Result<Self, Said> {
        let boxed = SecretKeyBox::from_string(text).map_err(refused)?;
        let secret = match boxed.clone().into_unencrypted_secret_key() {
            Ok(secret) => secret,
            Err(_) => boxed.into_secret_key(None).map_err(refused)?,
        };
        let public = PublicKey::from_secret_key(&secret).map_err(refused)?;
        Ok(Self(secret, public))
    }

    /// The public key that checks what this one signs.
    #[must_use]
    pub fn public(&self) -> String {
        self.1.to_base64()
    }

    /// Signs a file. The comment is signed with it.
    ///
    /// # Errors
    /// What minisign said.
    pub fn sign(&self, bytes: &[u8], comment: &str) -> Result<String, Said> {
        let signature = minisign::sign(Some(&self.1), &self.0, Cursor::new(bytes), Some(comment), Some(UNTRUSTED));
        signature.map(SignatureBox::into_string).map_err(refused)
    }
}

/// What a version's signatures state, signed with them: `liten 1.0, manifest`.
#[must_use]
pub fn comment(report: &str, version: &str, what: &str) -> String {
    format!("{report} {version}, {what}")
}

/// Whether a text is a signature as [`Signer::sign`] writes it, to the byte: lines that nobody signed say nothing else either.
#[must_use]
pub fn well_formed(signature: &str) -> bool {
    let lines: Vec<&str> = signature.split('\n').collect();
    // 74 and 64 bytes in base64.
    let [untrusted, first, trusted, second, ""] = lines.as_slice() else { return false };
    *untrusted == format!("untrusted comment: {UNTRUSTED}")
        && first.len() == 100
        && trusted.starts_with("trusted comment: ")
        && second.len() == 88
        && SignatureBox::from_string(signature).is_ok_and(|signed| signed.into_string() == signature)
}

/// The public key, of these, that a signature of this file and this comment was made with.
///
/// # Errors
/// Why there is none, in words.
pub fn check_any<'k>(bytes: &[u8], signature: &str, comment: &str, keys: &'k [String]) -> Result<&'k str, Said> {
    if !well_formed(signature) {
        return Err(say!("it is no signature of `belagg publish`"));
    }
    let signed = SignatureBox::from_string(signature).map_err(refused)?;
    let own = |text: &&String| public_key(text).is_ok_and(|key| key.keynum() == signed.keynum());
    let mut reason = say!("it was made with another key (id {key})", key = number(signed.keynum()));
    // Anyone can make a key with the number of another: all that bear it are tried.
    for key in keys.iter().filter(own) {
        match check(bytes, signature, comment, key) {
            Ok(()) => return Ok(key),
            Err(why) => reason = why,
        }
    }
    Err(reason)
}

/// Whether a signature is of this file and this comment by this key (the base64 line of a public key, or the whole file).
///
/// # Errors
/// Why it is not, in words.
pub fn check(bytes: &[u8], signature: &str, comment: &str, key: &str) -> Result<(), Said> {
    let key = public_key(key)?;
    if !well_formed(signature) {
        return Err(say!("it is no signature of `belagg publish`"));
    }
    let signature = SignatureBox::from_string(signature).map_err(refused)?;
    minisign::verify(&key, &signature, Cursor::new(bytes), true, false, false)
        .map_err(|_| say!("what was signed is not what is here"))?;
    match signature.trusted_comment() {
        Ok(signed) if signed == comment => Ok(()),
        _ => Err(say!("it is the signature of something else")),
    }
}

/// What minisign says, which is the same in every language.
#[allow(clippy::needless_pass_by_value, reason = "it stands where an error is handed over")]
fn refused(error: minisign::PError) -> Said {
    say!("it is refused: “{error}”", error)
}

/// The number of a key, as minisign prints it.
fn number(keynum: &[u8]) -> String {
    keynum.iter().rev().map(|byte| format!("{byte:02X}")).collect()
}

/// A public key by its number, for messages.
#[must_use]
pub fn key_number(text: &str) -> String {
    public_key(text).map_or_else(|_| "?".to_owned(), |key| number(key.keynum()))
}

/// A text from a file that may be forged, for a message: on one line, in quotation marks, and not long.
#[must_use]
pub fn shown(text: &str) -> String {
    let mut out: String = text.chars().take(80).flat_map(char::escape_debug).collect();
    if text.chars().nth(80).is_some() {
        out.push('…');
    }
    format!("`{out}`")
}

/// Reads a public key.
///
/// # Errors
/// What is wrong with it, in words.
pub fn public_key(text: &str) -> Result<PublicKey, Said> {
    let text = text.trim();
    if text.lines().count() > 1 {
        let boxed = PublicKeyBox::from_string(text).map_err(refused)?;
        return boxed.into_public_key().map_err(refused);
    }
    PublicKey::from_base64(text).map_err(refused)
}

/// A new pair without password: the secret key's file and the public key's line.
///
/// # Errors
/// What minisign said.
pub fn new_pair() -> Result<(String, String), Said> {
    let pair = KeyPair::generate_unencrypted_keypair().map_err(refused)?;
    let secret = pair.sk.to_box(Some("secret key of belagg")).map_err(refused)?;
    Ok((secret.into_string(), pair.pk.to_base64()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_holds_for_its_file_and_key_only() {
        let (secret, public) = new_pair().unwrap();
        let signer = Signer::read(&secret).unwrap();
        let signature = signer.sign(b"manifest", "liten 1.0").unwrap();
        let check = |bytes: &[u8], signature: &str, comment: &str, key: &str| {
            let keys = [key.to_owned()];
            let found = check_any(bytes, signature, comment, &keys).map(|_| ());
            assert_eq!(found.is_ok(), super::check(bytes, signature, comment, key).is_ok());
            found
        };
        assert_eq!(signer.public(), public);
        assert_eq!(check(b"manifest", &signature, "liten 1.0", &public), Ok(()));
        assert!(check(b"manifesu", &signature, "liten 1.0", &public).is_err());
        assert!(check(b"manifest", &signature, "liten 1.1", &public).is_err());
        assert!(check(b"manifest", &signature.replace("liten 1.0", "liten 1.1"), "liten 1.1", &public).is_err());
        let (_, other) = new_pair().unwrap();
        assert!(check(b"manifest", &signature, "liten 1.0", &other).unwrap_err().english().contains("another key"));
        assert!(check(b"manifest", "no signature", "liten 1.0", &public).is_err());
        assert!(Signer::read("no key").is_err());
        // Cut, with more lines, or with a comment that nobody signed.
        let cut: String = signature.lines().map(|line| format!("{}\n", line.get(..40).unwrap_or(line))).collect();
        for other in [
            cut,
            format!("{signature}more\n"),
            signature.replace("to be checked", "checked"),
            signature.replace('\n', "\r\n"),
        ] {
            assert!(check(b"manifest", &other, "liten 1.0", &public).is_err(), "{other}");
        }
    }
}
