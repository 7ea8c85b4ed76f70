//! One person of an organization.

use contract::{error::Result, people::PersonDetail};
use leptos::prelude::server;

#[server(input = server_fn::codec::GetUrl)]
pub async fn get_person(org: String, person: String) -> Result<PersonDetail> {
    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    let person = super::input::person_id(&person)?;
    let found = domain::people::get::get(&actor, &deps, person).await?;
    Ok(super::rows::person_detail(&actor, found))
}
