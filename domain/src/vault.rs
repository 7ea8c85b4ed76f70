//! What the server keeps so that it can read it again, sealed with keys that are in no database.

use std::{fmt, sync::Arc};

use aws_lc_rs::{
    aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey},
    hmac,
};

use crate::{Error, Result, random::Random};

/// Cheap to clone. Its keys come from the server's secret: whoever changes that loses what was sealed.
#[derive(Clone)]
pub struct Vault(Arc<Keys>);

struct Keys {
    sealing: [u8; 32],
    marking: [u8; 32],
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Vault(…)")
    }
}

impl Vault {
    pub fn new(secret: &str) -> Self {
        Self(Arc::new(Keys {
            sealing: derive(secret, "plinth vault: sealing"),
            marking: derive(secret, "plinth vault: marking"),
        }))
    }

    /// For `owner` alone: what was sealed for somebody else does not open, wherever it was copied to. The nonce is drawn and
    /// stands in front.
    pub(crate) fn seal(&self, random: &dyn Random, owner: &[u8], plain: &[u8]) -> Result<Vec<u8>> {
        let mut nonce = [0; NONCE_LEN];
        random.fill(&mut nonce);
        let mut sealed = plain.to_vec();
        self.key()?
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(owner), &mut sealed)
            .map_err(Error::fault)?;
        Ok([&nonce[..], &sealed[..]].concat())
    }

    pub(crate) fn open(&self, owner: &[u8], sealed: &[u8]) -> Result<Vec<u8>> {
        let (nonce, rest) = sealed
            .split_at_checked(NONCE_LEN)
            .ok_or_else(|| Error::fault("what was sealed is cut off"))?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(Error::fault)?;
        let mut plain = rest.to_vec();
        let length = self
            .key()?
            .open_in_place(nonce, Aad::from(owner), &mut plain)
            .map_err(|_| Error::fault("what was sealed does not open: is PLINTH_SECRET another one?"))?
            .len();
        plain.truncate(length);
        Ok(plain)
    }

    /// The same for the same text of the same owner, and no way back without the key, however short the text is.
    pub(crate) fn mark(&self, owner: &[u8], text: &str) -> [u8; 32] {
        tag(&self.0.marking, &[owner, text.as_bytes()].concat())
    }

    fn key(&self) -> Result<LessSafeKey> {
        let key = UnboundKey::new(&AES_256_GCM, &self.0.sealing).map_err(Error::fault)?;
        Ok(LessSafeKey::new(key))
    }
}

fn derive(secret: &str, purpose: &str) -> [u8; 32] {
    tag(secret.as_bytes(), purpose.as_bytes())
}

fn tag(key: &[u8], message: &[u8]) -> [u8; 32] {
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), message);
    let mut bytes = [0; 32];
    bytes.copy_from_slice(tag.as_ref());
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::SystemRandom;

    #[test]
    fn opens_for_its_owner_under_its_secret_alone() {
        let vault = Vault::new("one secret");
        let sealed = vault.seal(&SystemRandom, b"ann", b"hers").unwrap();
        assert_eq!(vault.open(b"ann", &sealed).unwrap(), b"hers");
        assert!(vault.open(b"bob", &sealed).is_err());
        assert!(Vault::new("another secret").open(b"ann", &sealed).is_err());
        assert!(vault.open(b"ann", &sealed[..8]).is_err());
        let mut touched = sealed.clone();
        touched[NONCE_LEN] ^= 1;
        assert!(vault.open(b"ann", &touched).is_err());
        assert_ne!(sealed, vault.seal(&SystemRandom, b"ann", b"hers").unwrap());
    }

    #[test]
    fn marks_differ_by_owner_text_and_secret() {
        let vault = Vault::new("one secret");
        assert_eq!(vault.mark(b"ann", "a"), vault.mark(b"ann", "a"));
        assert_ne!(vault.mark(b"ann", "a"), vault.mark(b"bob", "a"));
        assert_ne!(vault.mark(b"ann", "a"), vault.mark(b"ann", "b"));
        assert_ne!(vault.mark(b"ann", "a"), Vault::new("another secret").mark(b"ann", "a"));
    }
}
