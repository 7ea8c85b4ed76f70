//! What somebody who invites can choose from.

use contract::{error::Result, invitation};
use leptos::prelude::server;

#[server(input = server_fn::codec::GetUrl)]
pub async fn invite_choices(org: String) -> Result<invitation::InviteChoices> {
    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    Ok(domain::people::choices::choices(&actor, &deps).await?)
}
