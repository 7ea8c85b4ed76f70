//! A page of all organizations.

use contract::{
    customers::{OrganizationList, OrganizationQuery},
    error::Result,
};
use leptos::prelude::server;

#[server(input = server_fn::codec::GetUrl)]
pub async fn list_tenants(#[server(default)] query: OrganizationQuery) -> Result<OrganizationList> {
    use contract::customers::OrganizationRow;
    use domain::customers::organizations::list::{Query, list};

    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    let formatter = crate::format::Formatter::from(actor.user().person());
    let query = Query {
        search: query.search,
        status: query.status,
        state: query.state,
        plan: query.plan,
        before: query.before,
    };
    let page = list(&actor, &deps, &query).await?;
    Ok(OrganizationList {
        rows: page
            .rows
            .into_iter()
            .map(|row| OrganizationRow {
                id: row.id,
                name: row.name,
                slug: row.slug,
                status: row.status,
                plan: row.plan,
                state: row.state,
                people: row.people,
                since: formatter.moment(row.created_at),
            })
            .collect(),
        older: page.older,
        plans: page.plans,
    })
}
