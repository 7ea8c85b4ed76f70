//! Signatures of deliveries, in both schemes of the provider.

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// The value of `webhook-signature`.
pub fn signature(secret: &str, standard: bool, id: &str, timestamp: i64, body: &str) -> String {
    let signed = format!("{id}.{timestamp}.{body}");
    let code = Hmac::<Sha256>::new_from_slice(&key(secret, standard))
        .map(|mac| mac.chain_update(signed.as_bytes()).finalize().into_bytes());
    code.map_or_else(|_| String::new(), |code| format!("v1,{}", STANDARD.encode(code)))
}

/// Secrets since September 2026 are keys in base64 behind a prefix; of older ones the whole text is the key.
fn key(secret: &str, standard: bool) -> Vec<u8> {
    let decoded = if standard { decode(secret) } else { None };
    decoded.unwrap_or_else(|| secret.as_bytes().to_vec())
}

fn decode(secret: &str) -> Option<Vec<u8>> {
    STANDARD.decode(secret.strip_prefix("whsec_")?).ok()
}

/// Whether a secret has the shape of those since September 2026: 32 bytes in padded base64.
pub fn is_standard(secret: &str) -> bool {
    decode(secret).is_some_and(|key| key.len() == 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &str = "whsec_ovyN6cPrTv56AApvzCaJno08SSmGJmgbWilb33N2JuK";
    const NEW: &str = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    const ID: &str = "3f0e8f3a-5a52-4d7c-9d0e-6a1c0a7b9b01";
    const BODY: &str = r#"{"type":"subscription.active","timestamp":"2026-01-01T00:00:00Z","data":{"id":"e5149aae-e521-42b9-b24c-abb3d71eea2e"}}"#;

    #[test]
    fn an_old_secret_is_its_own_key() {
        let signature = signature(OLD, false, ID, 1_767_225_600, BODY);
        assert_eq!(signature, "v1,Ygb8mQ0p25nxknUse2t9hFFdYcLm4IltfqDIjX2yW50=");
        assert!(!is_standard(OLD));
    }

    #[test]
    fn text_is_signed_as_its_bytes() {
        let body = r#"{"type":"order.paid","timestamp":"2026-01-01T00:01:01.123456Z","data":{"id":"57107b74-8400-4d80-a2fc-54c2b4239cb3","description":"Café Équipe — 日本 🚀","total_amount":2900,"currency":"usd"}}"#;
        let id = "8b1f0a52-2f7a-4d7c-8f1b-0f4c6f1f2a02";
        let signature = signature(OLD, false, id, 1_767_225_661, body);
        assert_eq!(signature, "v1,Gkr0qwSAn/2m0DNvrczLh3XlYozk67p9irWzHZARqiQ=");
    }

    #[test]
    fn a_new_secret_is_decoded() {
        assert!(is_standard(NEW));
        let standard = signature(NEW, true, ID, 1_767_225_600, BODY);
        assert_eq!(standard, "v1,0SLx8gkyGwKKzufy+GLwiJPVKIVBN1GUgnLHLa6Q5wY=");
        let legacy = signature(NEW, false, ID, 1_767_225_600, BODY);
        assert_eq!(legacy, "v1,TdTPvmtpANy35sHugfRvQbA8RkPXYncu7HUKSZ6A270=");
    }
}
