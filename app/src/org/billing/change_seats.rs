//! More or fewer seats of the same plan, as it was previewed.

use contract::{error::Result, iam::Permission};
use leptos::prelude::server;

#[server]
pub async fn change_seats(org: String, seats: String, version: String) -> Result<()> {
    let actor = crate::session::org_for_billing(&org).await?;
    actor
        .require(Permission::BillingManage)
        .map_err(contract::Error::from)?;
    drop((seats, version));
    Err(contract::Error::PaymentProviderUnavailable)
}
