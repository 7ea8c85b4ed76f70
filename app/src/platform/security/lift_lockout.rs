//! Letting somebody try again before their wait is over.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn lift_lockout(policy: String, key: String) -> Result<()> {
    let actor = crate::session::staff().await?;
    actor.require(contract::staff::StaffRight::SecurityManage)?;
    let deps = crate::session::deps()?;
    let key = bytes(&key).ok_or(contract::Error::NotFound)?;
    domain::security::lift_lockout::lift_lockout(&actor, &deps, &policy, &key).await?;
    crate::form::notice("lockout_lifted");
    crate::response::redirect_to("/platform/security");
    Ok(())
}

/// From hexadecimal.
#[cfg(feature = "ssr")]
fn bytes(text: &str) -> Option<Vec<u8>> {
    if !text.is_ascii() || !text.len().is_multiple_of(2) || text.len() > 128 {
        return None;
    }
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok())
        .collect()
}
