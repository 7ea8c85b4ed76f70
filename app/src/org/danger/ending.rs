//! What deleting the organization would take away.

use contract::{error::Result, tenant};
use leptos::prelude::server;

#[server(input = server_fn::codec::GetUrl)]
pub async fn ending(org: String) -> Result<tenant::Ending> {
    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    let has = domain::tenants::holdings::holdings(&actor, &deps).await?;
    let formatter = crate::format::Formatter::from(actor.user().person());
    Ok(tenant::Ending {
        signed_in_recently: actor.user().signed_in_recently(&deps),
        people: has.people,
        projects: has.projects,
        tasks: has.tasks,
        gone: formatter.moment(deps.now() + domain::tenants::delete::RESTORABLE),
    })
}
