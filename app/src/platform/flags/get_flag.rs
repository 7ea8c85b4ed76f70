//! One flag: what was said, and for whom.

use contract::{error::Result, flag::FlagDetail};
use leptos::prelude::server;

#[server(input = server_fn::codec::GetUrl)]
pub async fn get_flag(flag: String) -> Result<FlagDetail> {
    use contract::flag::{FlagOverride, FlagRow};

    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    let formatter = crate::format::Formatter::from(actor.user().person());
    actor.require(contract::staff::StaffRight::FlagsRead)?;
    let flag = super::input::flag(&flag)?;
    let detail = domain::flags::get::get(&actor, &deps, flag).await?;
    Ok(FlagDetail {
        row: FlagRow {
            flag,
            killed: detail.state.killed,
            rollout: detail.state.rollout,
            overrides: u32::try_from(detail.overrides.len()).unwrap_or(u32::MAX),
            changed: detail.changed_at.map(|at| formatter.moment(at)),
        },
        version: detail.version,
        overrides: detail
            .overrides
            .into_iter()
            .map(|one| FlagOverride {
                level: one.level,
                subject: one.subject,
                name: one.name,
                value: one.value,
                since: formatter.moment(one.created_at),
                by: one.by,
            })
            .collect(),
        plans: detail.plans,
        fresh_factor: actor.has_fresh_factor(&deps),
    })
}
