//! Every flag, and what is left of those that are no longer declared.

use contract::{error::Result, flag::FlagList};
use leptos::prelude::server;

#[server(input = server_fn::codec::GetUrl)]
pub async fn list_flags() -> Result<FlagList> {
    use contract::flag::{Flag, FlagLeftover, FlagRow};

    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    let formatter = crate::format::Formatter::from(actor.user().person());
    let list = domain::flags::list::list(&actor, &deps).await?;
    Ok(FlagList {
        flags: list
            .flags
            .into_iter()
            .map(|(flag, said)| FlagRow {
                flag,
                killed: said.as_ref().is_some_and(|said| said.state.killed),
                rollout: said.as_ref().and_then(|said| said.state.rollout),
                overrides: said.as_ref().map_or(0, |said| said.overrides),
                changed: said.map(|said| formatter.moment(said.changed_at)),
            })
            .collect(),
        leftovers: list
            .leftovers
            .into_iter()
            .map(|row| FlagLeftover {
                reused: Flag::from_key(&row.key).is_some(),
                born: row.born.to_string(),
                killed: row.state.killed,
                rollout: row.state.rollout,
                overrides: row.overrides,
                changed: formatter.moment(row.changed_at),
                key: row.key,
            })
            .collect(),
    })
}
