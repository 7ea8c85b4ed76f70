//! Taking back what waits for the renewal.

use contract::{error::Result, iam::Permission};
use leptos::prelude::server;

#[server]
pub async fn drop_change(org: String) -> Result<()> {
    let actor = crate::session::org_for_billing(&org).await?;
    actor
        .require(Permission::BillingManage)
        .map_err(contract::Error::from)?;
    Err(contract::Error::PaymentProviderUnavailable)
}
