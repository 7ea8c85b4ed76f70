//! The entries of every organization and person, a page at a time.

use contract::{
    error::Result,
    platform_audit::{PlatformAuditList, PlatformAuditQuery},
};
use leptos::prelude::server;

#[server(input = server_fn::codec::GetUrl)]
pub async fn list_everything(#[server(default)] query: PlatformAuditQuery) -> Result<PlatformAuditList> {
    use contract::{
        audit::AuditPerson,
        platform_audit::{AuditOrganization, AuditOrigin, PlatformAuditRow},
    };
    use domain::audit::{
        Named,
        everything::{Outcome, Wanted, everything},
    };

    use crate::audit::{filter, rows};

    let actor = crate::session::staff().await?;
    actor.require(contract::staff::StaffRight::AuditRead)?;
    let deps = crate::session::deps()?;
    let formatter = crate::format::Formatter::from(actor.user().person());
    let wanted = Wanted {
        filter: filter::filter(&query.log, formatter)?,
        organization: query.organization.clone(),
        person: query.person.clone(),
        origin: AuditOrigin::from_key(&query.origin).map(|origin| origin.key().to_owned()),
    };
    let after = filter::beginning(&query.log.before)?;
    let page = match everything(&actor, &deps, &wanted, after).await? {
        Outcome::NoSuchOrganization => return Ok(PlatformAuditList::NoSuchOrganization),
        Outcome::NoSuchPerson => return Ok(PlatformAuditList::NoSuchPerson),
        Outcome::Found(page) => page,
    };
    let narrowed = !query.organization.is_empty() || !query.person.is_empty();
    Ok(PlatformAuditList::Found {
        only_recent: !query.log.search.is_empty() && !narrowed,
        older: page.older.map(|cursor| cursor.to_string()),
        rows: page
            .rows
            .into_iter()
            .map(|row| PlatformAuditRow {
                origin: AuditOrigin::from_key(&row.entry.origin).unwrap_or(AuditOrigin::Anonymous),
                on_behalf_of: row.entry.on_behalf_of.map(|id| AuditPerson {
                    id: id.into(),
                    name: match page.names.get(id) {
                        Named::Person(name) | Named::Thing(name) => name.to_owned(),
                        Named::Gone | Named::Nothing => crate::messages::current().audit.gone.to_owned(),
                    },
                }),
                organization: row.organization.map(|organization| match organization.known {
                    Some((slug, name)) => AuditOrganization {
                        key: slug,
                        name: Some(name),
                    },
                    None => AuditOrganization {
                        key: organization.id.to_string(),
                        name: None,
                    },
                }),
                row: rows::row(row.entry, &page.names, formatter),
            })
            .collect(),
    })
}
