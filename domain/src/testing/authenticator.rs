//! A device that keeps one passkey, as far as this side sees it: ES256, no statement of its maker (WebAuthn, 6).

use std::sync::Arc;

use aws_lc_rs::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::dependencies::ORIGIN;

const USER_PRESENT: u8 = 1;
const USER_VERIFIED: u8 = 1 << 2;
const HAS_CREDENTIAL: u8 = 1 << 6;

/// With its copy, as somebody makes one who has taken the key out of it. What it claims can be made wrong.
#[derive(Debug, Clone)]
pub struct Authenticator {
    key: Arc<EcdsaKeyPair>,
    id: Vec<u8>,
    /// Whose passkey it keeps, as it was told.
    user: Option<Vec<u8>>,
    /// The page that it believes to be asked by.
    pub origin: String,
    /// What it signs for.
    pub domain: String,
    /// Whether it makes sure who holds it.
    pub verifies: bool,
    /// How often it has signed; those that are kept by a provider stay at nought.
    pub count: u32,
    pub counts: bool,
}

impl Authenticator {
    #[expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]
    pub fn new() -> Self {
        let key = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).unwrap();
        Self {
            id: Sha256::digest(key.public_key().as_ref())[..16].to_vec(),
            key: Arc::new(key),
            user: None,
            origin: ORIGIN.to_owned(),
            domain: ORIGIN.trim_start_matches("https://").to_owned(),
            verifies: true,
            count: 0,
            counts: true,
        }
    }

    /// `navigator.credentials.create`, as its answer is written.
    #[expect(clippy::unwrap_used, reason = "a question that cannot be read has failed its test")]
    pub fn create(&mut self, options: &str) -> String {
        let options: Value = serde_json::from_str(options).unwrap();
        self.user = Some(URL_SAFE_NO_PAD.decode(options["user"]["id"].as_str().unwrap()).unwrap());
        let mut data = self.data(HAS_CREDENTIAL);
        // The model of the device: none.
        data.extend([0; 16]);
        data.extend(u16::try_from(self.id.len()).unwrap().to_be_bytes());
        data.extend(&self.id);
        data.extend(cose_key(self.key.public_key().as_ref()));
        let mut statement = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x59".to_vec();
        statement.extend(u16::try_from(data.len()).unwrap().to_be_bytes());
        statement.extend(data);
        self.answer(&json!({
            "attestationObject": URL_SAFE_NO_PAD.encode(statement),
            "clientDataJSON": URL_SAFE_NO_PAD.encode(self.client_data("webauthn.create", &options)),
            "transports": ["internal"],
        }))
    }

    /// `navigator.credentials.get`, as its answer is written.
    #[expect(clippy::unwrap_used, reason = "a question that cannot be read has failed its test")]
    pub fn get(&mut self, options: &str) -> String {
        let options: Value = serde_json::from_str(options).unwrap();
        self.count += u32::from(self.counts);
        let data = self.data(0);
        let client_data = self.client_data("webauthn.get", &options);
        let mut signed = data.clone();
        signed.extend(Sha256::digest(&client_data));
        let signature = self.key.sign(&SystemRandom::new(), &signed).unwrap();
        self.answer(&json!({
            "authenticatorData": URL_SAFE_NO_PAD.encode(data),
            "clientDataJSON": URL_SAFE_NO_PAD.encode(client_data),
            "signature": URL_SAFE_NO_PAD.encode(signature.as_ref()),
            "userHandle": self.user.as_ref().map(|user| URL_SAFE_NO_PAD.encode(user)),
        }))
    }

    /// The id of its key, as it is written.
    pub fn key_id(&self) -> String {
        URL_SAFE_NO_PAD.encode(&self.id)
    }

    fn answer(&self, response: &Value) -> String {
        json!({
            "id": self.key_id(),
            "rawId": self.key_id(),
            "type": "public-key",
            "authenticatorAttachment": "platform",
            "clientExtensionResults": {},
            "response": response,
        })
        .to_string()
    }

    fn client_data(&self, kind: &str, options: &Value) -> Vec<u8> {
        json!({ "type": kind, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": false })
            .to_string()
            .into_bytes()
    }

    fn data(&self, flags: u8) -> Vec<u8> {
        let verified = if self.verifies { USER_VERIFIED } else { 0 };
        let mut data = Sha256::digest(&self.domain).to_vec();
        data.push(USER_PRESENT | verified | flags);
        data.extend(self.count.to_be_bytes());
        data
    }
}

impl Default for Authenticator {
    fn default() -> Self {
        Self::new()
    }
}

/// RFC 9053, 7.1.1: of an uncompressed point, with its type, algorithm and curve.
fn cose_key(point: &[u8]) -> Vec<u8> {
    let (x, y) = point[1..].split_at(32);
    let mut key = b"\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20".to_vec();
    key.extend(x);
    key.extend(b"\x22\x58\x20");
    key.extend(y);
    key
}
