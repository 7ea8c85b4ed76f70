//! What a change of plan, interval or seats would come to.

use contract::{billing::ChangePreview, error::Result, iam::Permission};
use leptos::prelude::server;

#[server(input = server_fn::codec::GetUrl)]
pub async fn preview_change(org: String, plan: String, interval: String, seats: String) -> Result<ChangePreview> {
    let actor = crate::session::org_for_billing(&org).await?;
    actor
        .require(Permission::BillingManage)
        .map_err(contract::Error::from)?;
    drop((plan, interval, seats));
    Err(contract::Error::PaymentProviderUnavailable)
}
