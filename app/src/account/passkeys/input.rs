//! What these forms send, parsed.

use contract::{Error, error::Result, ids::PasskeyId, text::PasskeyName};

/// Something that is no id names no passkey.
pub fn id(text: &str) -> Result<PasskeyId> {
    text.parse().map_err(|_| Error::NotFound)
}

pub fn name(text: &str) -> Result<PasskeyName> {
    PasskeyName::parse(text).map_err(|code| Error::field("name", code))
}
