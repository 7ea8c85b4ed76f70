//! Switching a flag off for everybody, letting it go again, and rolling it out.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn change_flag(
    flag: String,
    version: i64,
    #[server(default)] killed: Option<String>,
    #[server(default)] rollout: String,
) -> Result<()> {
    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    actor.require(contract::staff::StaffRight::FlagsManage)?;
    let flag = super::input::flag(&flag)?;
    let becomes = domain::flags::State {
        killed: killed.is_some(),
        rollout: super::input::rollout(&rollout)?,
    };
    domain::flags::change::change(&actor, &deps, flag, version, becomes).await?;
    super::input::land(flag);
    Ok(())
}
