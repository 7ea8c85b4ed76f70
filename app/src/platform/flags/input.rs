//! What forms send, read strictly.

use contract::{
    Error, FieldCode,
    error::Result,
    flag::{Flag, FlagLevel},
};

/// A key that is not declared is that of nothing.
pub fn flag(key: &str) -> Result<Flag> {
    Flag::from_key(key).ok_or(Error::NotFound)
}

pub fn level(key: &str) -> Result<FlagLevel> {
    FlagLevel::from_key(key).ok_or_else(|| Error::field("level", FieldCode::Malformed))
}

pub fn value(text: &str) -> Result<bool> {
    match text {
        "on" => Ok(true),
        "off" => Ok(false),
        _ => Err(Error::field("value", FieldCode::Malformed)),
    }
}

/// A share in whole percent; nothing typed is no share.
pub fn rollout(text: &str) -> Result<Option<u8>> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let percent = text.parse().ok().filter(|percent| *percent <= 100);
    percent
        .map(Some)
        .ok_or_else(|| Error::field("rollout", FieldCode::Malformed))
}

/// Leads back to the flag, and says there what was done.
pub fn land(flag: Flag) {
    crate::form::notice("flag_saved");
    crate::response::redirect_to(&path(flag));
}

pub fn path(flag: Flag) -> String {
    format!("/platform/flags/{}", flag.key())
}
