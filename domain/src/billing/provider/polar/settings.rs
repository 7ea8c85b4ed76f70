//! Where Polar is, and what makes us known to each other.

use std::{fmt, time::Duration};

use base64::{
    Engine, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use url::Url;

/// All that a [`super::Polar`] needs.
#[derive(Debug, Clone)]
pub struct Settings {
    pub environment: Environment,
    pub token: Token,
    /// While one replaces another, both.
    pub webhook_secrets: Vec<SigningSecret>,
    pub patience: Patience,
}

/// Which Polar. Tokens and data of one are unknown to the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Environment {
    Production,
    /// Polar's own place for trying things out: no real money.
    Sandbox,
    /// Any other that speaks as Polar does: its origin, without `/v1`.
    At(Url),
}

impl Environment {
    pub(super) fn base(&self) -> Result<Url, InvalidSettings> {
        let base = match self {
            Self::Production => Url::parse("https://api.polar.sh"),
            Self::Sandbox => Url::parse("https://sandbox-api.polar.sh"),
            Self::At(base) => Ok(base.clone()),
        };
        base.ok()
            .filter(|base| matches!(base.scheme(), "http" | "https") && base.has_host())
            .ok_or(InvalidSettings::Base)
    }
}

/// An organization access token, `polar_oat_…`. Only the request shows it.
#[derive(Clone)]
pub struct Token(String);

impl Token {
    pub fn new(token: impl Into<String>) -> Self {
        Self(token.into())
    }

    pub(super) fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// The secret of a webhook endpoint, as Polar shows it.
///
/// Polar derives the key of the signatures in two ways: from secrets of before 8 September 2026 it takes the bytes of all of
/// the text, of later ones what the part after `whsec_` decodes to. The text does not tell which, so both keys are good.
#[derive(Clone)]
pub struct SigningSecret {
    keys: Vec<Vec<u8>>,
}

impl SigningSecret {
    /// Shorter ones can be guessed; an empty one, such as a variable that was forgotten, is known to everybody.
    const SHORTEST: usize = 16;

    pub fn new(secret: &str) -> Result<Self, InvalidSettings> {
        if secret.len() < Self::SHORTEST {
            return Err(InvalidSettings::SigningSecret);
        }
        // Old secrets are not base64, but look like it: 43 characters without padding, the last with bits to spare.
        let lenient = GeneralPurpose::new(
            &alphabet::STANDARD,
            GeneralPurposeConfig::new()
                .with_decode_allow_trailing_bits(true)
                .with_decode_padding_mode(DecodePaddingMode::Indifferent),
        );
        let decoded = lenient
            .decode(secret.strip_prefix("whsec_").unwrap_or(secret))
            .ok()
            .filter(|key| key.len() >= Self::SHORTEST);
        Ok(Self {
            keys: [Some(secret.as_bytes().to_vec()), decoded]
                .into_iter()
                .flatten()
                .collect(),
        })
    }

    pub(super) fn keys(&self) -> &[Vec<u8>] {
        &self.keys
    }
}

impl fmt::Debug for SigningSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningSecret(…)")
    }
}

/// How long an answer is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// For one answer.
    pub request: Duration,
    /// Before something is asked for the second time, unless Polar says how long. Doubled each time.
    pub first_pause: Duration,
    /// How often something is asked at most, where it may be asked again at all.
    pub attempts: u32,
    /// No pause begins that would end later than this after the first attempt.
    pub total: Duration,
}

impl Default for Patience {
    /// A person may be waiting for it: what was not answered in the time of one request is not asked again.
    fn default() -> Self {
        Self {
            request: Duration::from_secs(10),
            first_pause: Duration::from_millis(300),
            attempts: 4,
            total: Duration::from_secs(8),
        }
    }
}

/// What is wrong with the settings. None of it is shown: it may be a secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidSettings {
    #[error("the provider's address is not one of HTTP")]
    Base,
    #[error("the provider's token has characters that no token has")]
    Token,
    #[error("a webhook secret has fewer than 16 characters")]
    SigningSecret,
    #[error("no client can be made: {0}")]
    Client(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_goes_to_polar_and_to_nobody_else() {
        for (environment, address) in [
            (Environment::Production, "https://api.polar.sh/"),
            (Environment::Sandbox, "https://sandbox-api.polar.sh/"),
        ] {
            assert_eq!(environment.base().unwrap().as_str(), address);
        }
        for address in ["mailto:polar@example.com", "file:///etc/passwd", "data:text/plain,x"] {
            let elsewhere = Environment::At(address.parse().unwrap());
            assert_eq!(elsewhere.base(), Err(InvalidSettings::Base), "{address}");
        }
    }

    #[test]
    fn a_secret_that_can_be_guessed_is_none() {
        for secret in ["", "whsec_", "whsec_AAAAAAAAA"] {
            assert_eq!(
                SigningSecret::new(secret).unwrap_err(),
                InvalidSettings::SigningSecret,
                "{secret}"
            );
        }
        // What decodes to next to nothing, or to nothing at all, is good as text alone.
        for secret in ["whsec_AAAAAAAAAAAAAAAAA", "polar_whs_of_somebody's_choice"] {
            assert_eq!(SigningSecret::new(secret).unwrap().keys().len(), 1, "{secret}");
        }
    }
}
