//! Identifiers and secrets, in the shapes of the provider.

use base64::{Engine, engine::general_purpose::STANDARD};
use uuid::Uuid;

#[expect(
    clippy::disallowed_methods,
    reason = "the one place that draws from the machine's generator"
)]
fn fill(bytes: &mut [u8]) {
    rand::Rng::fill_bytes(&mut rand::rng(), bytes);
}

/// A version 4 uuid.
pub fn id() -> Uuid {
    let mut bytes = [0; 16];
    fill(&mut bytes);
    uuid::Builder::from_random_bytes(bytes).into_uuid()
}

/// The prefix, 37 base62 characters, and their CRC-32 in 6 more.
pub fn token(prefix: &str) -> String {
    const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let mut bytes = [0; 37];
    fill(&mut bytes);
    let body: String = bytes
        .iter()
        .map(|byte| char::from(ALPHABET[usize::from(*byte) % 62]))
        .collect();
    let mut sum = crc32(body.as_bytes());
    let mut check = [b'0'; 6];
    for digit in check.iter_mut().rev() {
        *digit = ALPHABET[(sum % 62) as usize];
        sum /= 62;
    }
    let check = String::from_utf8_lossy(&check);
    format!("{prefix}{body}{check}")
}

/// The shape since September 2026: 32 bytes in padded base64.
pub fn webhook_secret() -> String {
    let mut bytes = [0; 32];
    fill(&mut bytes);
    format!("whsec_{}", STANDARD.encode(bytes))
}

/// Between 1 and 2, for the jitter of retries.
pub fn jitter() -> f64 {
    let mut bytes = [0; 4];
    fill(&mut bytes);
    1.0 + f64::from(u32::from_le_bytes(bytes)) / f64::from(u32::MAX)
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            (sum >> 1) ^ (0xEDB8_8320 & (sum & 1).wrapping_neg())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_is_the_common_crc() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
    }

    #[test]
    fn a_token_has_the_length_of_the_providers() {
        let token = token("polar_c_");
        assert_eq!(token.len(), 8 + 43);
        assert!(token[8..].chars().all(|letter| letter.is_ascii_alphanumeric()));
    }
}
