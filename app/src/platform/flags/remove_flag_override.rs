//! Taking back what was said for one person, organization or plan.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn remove_flag_override(flag: String, level: String, subject: String) -> Result<()> {
    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    actor.require(contract::staff::StaffRight::FlagsManage)?;
    let flag = super::input::flag(&flag)?;
    let level = super::input::level(&level)?;
    domain::flags::remove_override::remove_override(&actor, &deps, flag, level, &subject).await?;
    super::input::land(flag);
    Ok(())
}
