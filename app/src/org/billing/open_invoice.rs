//! Going to the document of an invoice.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn open_invoice(org: String, invoice: String) -> Result<()> {
    use domain::billing::invoice::Document;

    let actor = crate::session::org_for_billing(&org).await?;
    let deps = crate::session::deps()?;
    match domain::billing::invoice::document(&actor, &deps, &invoice).await? {
        Document::At(url) => crate::response::redirect_to(&url),
        Document::BeingWritten => super::landing::land(&actor, "billing_invoice_being_written"),
    }
    Ok(())
}
