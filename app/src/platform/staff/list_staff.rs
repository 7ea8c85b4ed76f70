//! Who is staff today.

use contract::{error::Result, staff::StaffMember};
use leptos::prelude::server;

#[server(input = server_fn::codec::GetUrl)]
pub async fn list_staff() -> Result<Vec<StaffMember>> {
    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    let formatter = crate::format::Formatter::from(actor.user().person());
    let members = domain::staff::list::list(&actor, &deps).await?;
    Ok(members
        .into_iter()
        .map(|member| StaffMember {
            id: member.user,
            name: member.name,
            email: member.email,
            role: member.role,
            since: formatter.moment(member.since),
            last_seen: member.last_seen.map(|seen| formatter.moment(seen)),
        })
        .collect())
}
