//! Taking a cancellation back before its time.

use contract::{error::Result, iam::Permission};
use leptos::prelude::server;

#[server]
pub async fn undo_cancel(org: String) -> Result<()> {
    let actor = crate::session::org_for_billing(&org).await?;
    actor
        .require(Permission::BillingManage)
        .map_err(contract::Error::from)?;
    Err(contract::Error::PaymentProviderUnavailable)
}
