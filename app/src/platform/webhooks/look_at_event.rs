//! One message.

use contract::{error::Result, webhooks::EventDetail};
use leptos::prelude::server;

#[server(input = server_fn::codec::GetUrl)]
pub async fn look_at_event(event: String) -> Result<EventDetail> {
    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    actor.require(contract::staff::StaffRight::BillingRead)?;
    let formatter = crate::format::Formatter::from(actor.user().person());
    let event = super::rows::id(&event)?;
    let found = domain::billing::events::look::look(&actor, &deps, event).await?;
    Ok(super::rows::detail(found, formatter))
}
