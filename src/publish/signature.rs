//! Signatures in the form of minisign, so that anyone can check them with that program or with this one.

use std::io::Cursor;

use minisign::{KeyPair, PublicKey, PublicKeyBox, SecretKey, SecretKeyBox, SignatureBox};

/// The file beside `manifest.json`.
pub const FILE: &str = "manifest.json.minisig";

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
    pub fn read(text: &str) -> Result<Self, String> {
        let boxed = SecretKeyBox::from_string(text).map_err(|error| error.to_string())?;
        let secret = match boxed.clone().into_unencrypted_secret_key() {
            Ok(secret) => secret,
            Err(_) => boxed.into_secret_key(None).map_err(|error| error.to_string())?,
        };
        let public = PublicKey::from_secret_key(&secret).map_err(|error| error.to_string())?;
        Ok(Self(secret, public))
    }

    /// Signs a file. The comment is signed with it.
    ///
    /// # Errors
    /// What minisign said.
    pub fn sign(&self, bytes: &[u8], comment: &str) -> Result<String, String> {
        let signature = minisign::sign(
            Some(&self.1),
            &self.0,
            Cursor::new(bytes),
            Some(comment),
            Some("signature of belagg, to be checked with minisign or `belagg verify`"),
        );
        signature.map(SignatureBox::into_string).map_err(|error| error.to_string())
    }
}

/// What stands before the hash of the record in the comment.
pub const RECORD: &str = ", sha256 of the record without its signature: ";

/// The comment that is signed with the manifest: with the hash of the record, as it is without the signature.
#[must_use]
pub fn comment(report: &str, version: &str, record: &str) -> String {
    format!("{report} {version}{RECORD}{record}")
}

/// The comment of a signature, which is as good as signed once the signature was checked.
#[must_use]
pub fn signed_comment(signature: &str) -> Option<String> {
    SignatureBox::from_string(signature).ok()?.trusted_comment().ok()
}

/// Whether a signature is of this file by one of these keys.
///
/// # Errors
/// Why it is not, in words.
pub fn check_any(bytes: &[u8], signature: &str, keys: &[String]) -> Result<(), String> {
    let number = |keynum: &[u8]| keynum.iter().rev().map(|byte| format!("{byte:02X}")).collect::<String>();
    let signed = SignatureBox::from_string(signature).map_err(|error| error.to_string())?;
    let own = |text: &&String| public_key(text).is_ok_and(|key| key.keynum() == signed.keynum());
    match keys.iter().find(own) {
        Some(key) => check(bytes, signature, key),
        None => Err(format!("it was made with another key (id {})", number(signed.keynum()))),
    }
}

/// Whether a signature is of this file by this key (the base64 line of a public key, or the whole file).
///
/// # Errors
/// Why it is not, in words.
pub fn check(bytes: &[u8], signature: &str, key: &str) -> Result<(), String> {
    let key = public_key(key)?;
    let signature = SignatureBox::from_string(signature).map_err(|error| error.to_string())?;
    minisign::verify(&key, &signature, Cursor::new(bytes), true, false, false).map_err(|error| error.to_string())
}

/// Reads a public key.
///
/// # Errors
/// What is wrong with it, in words.
pub fn public_key(text: &str) -> Result<PublicKey, String> {
    let text = text.trim();
    if text.lines().count() > 1 {
        let boxed = PublicKeyBox::from_string(text).map_err(|error| error.to_string())?;
        return boxed.into_public_key().map_err(|error| error.to_string());
    }
    PublicKey::from_base64(text).map_err(|error| error.to_string())
}

/// A new pair without password: the secret key's file and the public key's line.
///
/// # Errors
/// What minisign said.
pub fn new_pair() -> Result<(String, String), String> {
    let pair = KeyPair::generate_unencrypted_keypair().map_err(|error| error.to_string())?;
    let secret = pair.sk.to_box(Some("secret key of belagg")).map_err(|error| error.to_string())?;
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
        assert_eq!(check(b"manifest", &signature, &public), Ok(()));
        assert!(check(b"manifesu", &signature, &public).is_err());
        assert!(check(b"manifest", &signature.replace("liten 1.0", "liten 1.1"), &public).is_err());
        let (_, other) = new_pair().unwrap();
        assert!(check(b"manifest", &signature, &other).is_err());
        assert!(check(b"manifest", "no signature", &public).is_err());
        assert!(Signer::read("no key").is_err());
    }
}
