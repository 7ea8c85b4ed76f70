//! The organizations one belongs to.

use contract::{error::Result, tenant::Membership};
use leptos::prelude::*;

#[server(input = server_fn::codec::GetUrl)]
pub async fn memberships() -> Result<Vec<Membership>> {
    let user = crate::session::user().await?;
    let deps = crate::session::deps()?;
    Ok(domain::tenants::memberships::list(&user, &deps).await?)
}
