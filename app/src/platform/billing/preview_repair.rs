//! A dry run.

use contract::{
    billing::{RepairChoice, RepairPreview},
    error::Result,
};
use leptos::prelude::server;

/// `chosen` says whether there is something to be tried yet.
#[server(input = server_fn::codec::GetUrl)]
pub async fn preview_repair(
    tenant: String,
    kind: String,
    #[server(default)] choice: RepairChoice,
    #[server(default)] chosen: bool,
) -> Result<RepairPreview> {
    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    actor.require(contract::staff::StaffRight::BillingRepair)?;
    let formatter = crate::format::Formatter::from(actor.user().person());
    let tenant = crate::platform::input::tenant_id(&tenant)?;
    let kind = super::input::kind(&kind)?;
    let repair = chosen
        .then(|| super::input::repair(kind, &choice, formatter))
        .transpose()?;
    let found = domain::billing::desk::preview::preview(&actor, &deps, tenant, kind, repair.as_ref()).await?;
    super::rows::preview(tenant, found, formatter)
}
