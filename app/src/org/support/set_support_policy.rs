//! Deciding whom of support the organization lets in without being asked each time.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn set_support_policy(org: String, policy: String) -> Result<()> {
    use contract::{Error, FieldCode, support::SupportPolicy};

    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    actor.require(contract::iam::Permission::TenantUpdate)?;
    let policy = SupportPolicy::from_key(&policy).ok_or_else(|| Error::field("policy", FieldCode::Malformed))?;
    domain::support_sessions::policy::set(&actor, &deps, policy).await?;
    crate::form::notice("organization_saved");
    crate::response::redirect_to(&format!("/o/{}/settings/support", actor.tenant().slug));
    Ok(())
}
