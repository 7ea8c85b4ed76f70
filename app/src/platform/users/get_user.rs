//! Everything about one account.

use contract::{customers::PersonDetail, error::Result};
use leptos::prelude::server;

#[server(input = server_fn::codec::GetUrl)]
pub async fn get_user(user: String) -> Result<PersonDetail> {
    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    actor.require(contract::staff::StaffRight::UsersRead)?;
    let user = crate::platform::input::user_id(&user)?;
    let found = domain::customers::people::get::get(&actor, &deps, user).await?;
    let formatter = crate::format::Formatter::from(actor.user().person());
    Ok(super::rows::detail(formatter, found))
}
