//! Passwords as typed.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::error::FieldCode;

/// 10 to 256 characters, taken exactly as typed (ASVS 6.2.1, 6.2.9): neither trimmed nor normalised. How easily it is
/// guessed is judged by the server. Never shown by `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl Password {
    pub const MIN: u32 = 10;
    pub const MAX: u32 = 256;

    pub fn parse(text: &str) -> Result<Self, FieldCode> {
        let length = text.chars().count();
        if length == 0 {
            return Err(FieldCode::Required);
        }
        if length < Self::MIN as usize {
            return Err(FieldCode::TooShort { min: Self::MIN });
        }
        if length > Self::MAX as usize {
            return Err(FieldCode::TooLong { max: Self::MAX });
        }
        Ok(Self(text.to_owned()))
    }

    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

/// How long a password would withstand guessing: 0 (at once) to 4 (very long), as zxcvbn counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Strength {
    pub score: u8,
    /// Whether it would be accepted.
    pub accepted: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_taken_exactly_as_typed_and_never_shown() {
        let password = Password::parse("  spaced out  ").unwrap();
        assert_eq!(password.expose(), "  spaced out  ");
        assert!(!format!("{password:?}").contains("spaced"));
        assert_eq!(Password::parse("short"), Err(FieldCode::TooShort { min: 10 }));
        assert_eq!(Password::parse(&"x".repeat(257)), Err(FieldCode::TooLong { max: 256 }));
    }
}
