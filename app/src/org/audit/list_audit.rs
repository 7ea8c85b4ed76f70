//! The entries of an organization, a page at a time.

use contract::{
    audit::{AuditList, AuditQuery},
    error::Result,
};
use leptos::prelude::server;

#[server(input = server_fn::codec::GetUrl)]
pub async fn list_audit(org: String, #[server(default)] query: AuditQuery) -> Result<AuditList> {
    use crate::audit::{filter, rows};

    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    let formatter = crate::format::Formatter::from(actor.user().person());
    actor.require(contract::iam::Permission::AuditRead)?;
    let (wanted, before) = (filter::filter(&query, formatter)?, filter::beginning(&query.before)?);
    let page = domain::audit::list::list(&actor, &deps, &wanted, before).await?;
    let place = |position: i64| position.to_string();
    Ok(AuditList {
        rows: page
            .entries
            .into_iter()
            .map(|entry| rows::row(entry, &page.names, formatter))
            .collect(),
        newer: page.newer.map(|before| before.map(place).unwrap_or_default()),
        older: page.older.map(place),
        people: page
            .people
            .into_iter()
            .map(|(id, name)| contract::audit::AuditPerson { id, name })
            .collect(),
    })
}
