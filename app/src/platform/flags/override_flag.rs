//! Telling one person, one organization or one plan otherwise.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn override_flag(flag: String, level: String, subject: String, value: String) -> Result<()> {
    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    actor.require(contract::staff::StaffRight::FlagsManage)?;
    let flag = super::input::flag(&flag)?;
    let (level, value) = (super::input::level(&level)?, super::input::value(&value)?);
    domain::flags::override_for::override_for(&actor, &deps, flag, level, &subject, value).await?;
    super::input::land(flag);
    Ok(())
}
