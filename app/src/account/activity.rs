//! What one has done oneself, a page at a time.

use contract::{
    audit::{AuditList, AuditQuery},
    error::Result,
};
use leptos::prelude::server;

#[server(input = server_fn::codec::GetUrl)]
pub async fn activity(#[server(default)] query: AuditQuery) -> Result<AuditList> {
    use contract::audit::{AuditPlace, AuditRow};
    use domain::audit::activity::Place;

    use crate::audit::{filter, rows};

    let user = super::admitted::admitted().await?;
    let deps = crate::session::deps()?;
    let formatter = crate::format::Formatter::from(user.person());
    let (wanted, after) = (filter::filter(&query, formatter)?, filter::beginning(&query.before)?);
    let page = domain::audit::activity::activity(&user, &deps, &wanted, after).await?;
    let rows = page.rows.into_iter().map(|one| AuditRow {
        place: Some(match one.place {
            Place::Account => AuditPlace::Account,
            Place::Organization { slug, name } => AuditPlace::Organization { slug, name },
            Place::Left => AuditPlace::Left,
        }),
        ..rows::row(one.entry, &page.names, formatter)
    });
    Ok(AuditList {
        rows: rows.collect(),
        // Nothing says how far the page above reaches: the way back is to the newest.
        newer: after.is_some().then(String::new),
        older: page.older.map(|place| place.to_string()),
        people: Vec::new(),
    })
}
