//! Passwords at rest and how easily they are guessed.

use std::sync::OnceLock;

use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version, password_hash::phc::PasswordHash};
use contract::{
    FieldCode,
    password::{Password, Strength},
};
use tokio::{sync::Semaphore, task::spawn_blocking};

use crate::{Error, Result};

/// OWASP's minimum for argon2id: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// Hashing holds a core and 19 MiB: more at once than cores would only slow everybody down.
static AT_ONCE: Semaphore = Semaphore::const_new(2);
/// The lowest zxcvbn score that is accepted: "safely unguessable" against an online attack.
const ACCEPTED_SCORE: u8 = 3;

fn hasher() -> Argon2<'static> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// How long it would withstand guessing by somebody who knows these words about the person.
pub fn strength(password: &str, inputs: &[&str]) -> Strength {
    // The estimate takes time with the square of the length, and says nothing new beyond this.
    let head: String = password.chars().take(100).collect();
    let score = u8::from(zxcvbn::zxcvbn(&head, inputs).score());
    Strength {
        score,
        accepted: score >= ACCEPTED_SCORE && Password::parse(password).is_ok(),
    }
}

/// Refuses what is among the first to be guessed.
pub(super) fn require_strong(password: &Password, inputs: &[&str]) -> Result<()> {
    if strength(password.expose(), inputs).accepted {
        Ok(())
    } else {
        Err(contract::Error::field("password", FieldCode::Guessable).into())
    }
}

/// The PHC string for the database.
pub(super) async fn hash(password: &Password) -> Result<String> {
    let password = password.clone();
    let turn = AT_ONCE.acquire().await.map_err(Error::fault)?;
    spawn_blocking(move || {
        // Kept until the work is done, also when the request that wanted it is gone.
        let _turn = turn;
        Ok(hasher()
            .hash_password(password.expose().as_bytes())
            .map_err(Error::fault)?
            .to_string())
    })
    .await
    .map_err(Error::fault)?
}

/// What a password proved to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Wrong,
    Right,
    /// Right, and hashed by figures that are not today's.
    RightButOutdated,
}

/// Compares with the stored hash, or, without one, takes the same time and finds it wrong.
pub(super) async fn verify(typed: &str, stored: Option<String>) -> Result<Verdict> {
    let typed = typed.to_owned();
    let turn = AT_ONCE.acquire().await.map_err(Error::fault)?;
    spawn_blocking(move || {
        // Kept until the work is done, also when the request that wanted it is gone.
        let _turn = turn;
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| nobody().to_owned());
        let parsed = PasswordHash::new(&stored).map_err(Error::fault)?;
        let right = hasher().verify_password(typed.as_bytes(), &parsed).is_ok() && known;
        let prefix = format!("$argon2id$v=19$m={MEMORY_KIB},t={PASSES},p={LANES}$");
        Ok(match (right, stored.starts_with(&prefix)) {
            (false, _) => Verdict::Wrong,
            (true, true) => Verdict::Right,
            (true, false) => Verdict::RightButOutdated,
        })
    })
    .await
    .map_err(Error::fault)?
}

/// The hash that stands in for an account that does not exist. Made once, of a password that nobody can type.
fn nobody() -> &'static str {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| {
        hasher()
            .hash_password(b"\0nobody")
            .map(|hash| hash.to_string())
            .unwrap_or_default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_hash_is_argon2id_with_the_figures_and_verifies() {
        let password = Password::parse("correct horse battery staple 42").unwrap();
        let hash = hash(&password).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert_eq!(
            verify(password.expose(), Some(hash.clone())).await.unwrap(),
            Verdict::Right
        );
        assert_eq!(verify("something else", Some(hash)).await.unwrap(), Verdict::Wrong);
        assert_eq!(verify("\0nobody", None).await.unwrap(), Verdict::Wrong);
    }

    #[test]
    fn what_is_guessed_first_is_refused() {
        assert!(!strength("password123", &[]).accepted);
        assert!(!strength("ann.example@example.test", &["ann.example@example.test"]).accepted);
        assert!(strength("correct horse battery staple 42", &[]).accepted);
        assert!(!strength("x9$kQ", &[]).accepted, "too short");
    }
}
