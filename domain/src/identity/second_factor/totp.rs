//! The codes of an authenticator app (RFC 6238): six digits, thirty seconds, SHA-1, which is what every app knows.

use chrono::{DateTime, Utc};
use totp_rs::{Builder, Totp};

use crate::{Error, Result};

/// Bytes of a secret: the 160 bits that RFC 4226 recommends.
pub(super) const SECRET_LENGTH: usize = 20;

/// As the app names whose code it is.
const ISSUER: &str = "Plinth";

fn totp(secret: &[u8], account: &str) -> Result<Totp> {
    Builder::new()
        .with_secret(secret.to_vec())
        .with_issuer(Some(ISSUER))
        .with_account_name(account)
        .build()
        .map_err(Error::fault)
}

/// The step whose code it is: the one of this moment, or one beside it, for clocks that differ.
pub(super) fn step(secret: &[u8], code: &str, now: DateTime<Utc>) -> Result<Option<i64>> {
    let moment = u64::try_from(now.timestamp()).map_err(Error::fault)?;
    let step = totp(secret, "")?.check(code, moment);
    step.map(i64::try_from).transpose().map_err(Error::fault)
}

/// What an app takes in: the secret to type, and the address that a QR code carries.
pub(super) fn address(secret: &[u8], account: &str) -> Result<(String, String)> {
    let totp = totp(secret, account)?;
    Ok((totp.secret().to_base32(), totp.to_url().map_err(Error::fault)?))
}

/// What an app would show.
#[cfg(test)]
pub(super) fn code(secret: &[u8], moment: DateTime<Utc>) -> String {
    let moment = u64::try_from(moment.timestamp()).unwrap();
    totp(secret, "").unwrap().generate(moment).to_string()
}

#[cfg(test)]
mod tests {
    use chrono::{TimeDelta, TimeZone};

    use super::*;

    /// The seed of RFC 6238, appendix B.
    const SEED: &[u8] = b"12345678901234567890";

    fn at(seconds: i64) -> DateTime<Utc> {
        Utc.timestamp_opt(seconds, 0).single().unwrap()
    }

    #[test]
    fn codes_are_those_of_the_standard() {
        for (moment, code) in [(59, "287082"), (1_111_111_109, "081804"), (2_000_000_000, "279037")] {
            assert_eq!(step(SEED, code, at(moment)).unwrap(), Some(moment / 30), "{moment}");
        }
    }

    #[test]
    fn a_clock_may_differ_by_one_step() {
        let now = at(1_111_111_109);
        let shown = code(SEED, now);
        for (offset, accepted) in [(-60, false), (-30, true), (0, true), (30, true), (60, false)] {
            let step = step(SEED, &shown, now + TimeDelta::seconds(offset)).unwrap();
            assert_eq!(step.is_some(), accepted, "{offset}");
            assert!(
                step.is_none_or(|step| step == 1_111_111_109 / 30),
                "the code's own step"
            );
        }
    }

    #[test]
    fn an_address_names_product_account_and_secret() {
        let (secret, address) = address(SEED, "ann@example.test").unwrap();
        assert_eq!(secret, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert!(address.starts_with("otpauth://totp/Plinth:ann%40example"), "{address}");
        assert!(address.contains(&format!("secret={secret}")), "{address}");
    }
}
