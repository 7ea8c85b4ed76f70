//! Going to the document of an invoice.

use contract::{error::Result, iam::Permission};
use leptos::prelude::server;

#[server]
pub async fn open_invoice(org: String, invoice: String) -> Result<()> {
    let actor = crate::session::org_for_billing(&org).await?;
    actor.require(Permission::BillingRead).map_err(contract::Error::from)?;
    drop((invoice,));
    Err(contract::Error::PaymentProviderUnavailable)
}
