//! A page of all accounts.

use contract::{
    customers::{PersonList, PersonQuery},
    error::Result,
};
use leptos::prelude::server;

#[server(input = server_fn::codec::GetUrl)]
pub async fn list_users(#[server(default)] query: PersonQuery) -> Result<PersonList> {
    use contract::customers::PersonRow;
    use domain::customers::people::list::{Query, list};

    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    let formatter = crate::format::Formatter::from(actor.user().person());
    let query = Query {
        search: query.search,
        status: query.status,
        before: query.before,
    };
    let page = list(&actor, &deps, &query).await?;
    Ok(PersonList {
        rows: page
            .rows
            .into_iter()
            .map(|row| PersonRow {
                id: row.id,
                name: row.name,
                email: row.email,
                verified: row.verified,
                status: row.status,
                staff: row.staff,
                organizations: row.organizations,
                since: formatter.moment(row.created_at),
            })
            .collect(),
        older: page.older,
    })
}
