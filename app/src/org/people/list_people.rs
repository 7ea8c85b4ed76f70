//! The people of an organization and who is invited, a page at a time.

use contract::{
    error::Result,
    people::{PeopleList, PeopleQuery},
};
use leptos::prelude::server;

#[server(input = server_fn::codec::GetUrl)]
pub async fn list_people(org: String, #[server(default)] query: PeopleQuery) -> Result<PeopleList> {
    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    let page = domain::people::list::list(&actor, &deps, &query).await?;
    Ok(super::rows::people_list(&actor, page))
}
