//! Making a fix.

use contract::error::Result;
use leptos::prelude::server;

/// `seen` is what the dry run showed.
#[server]
pub async fn repair_bills(
    tenant: String,
    kind: String,
    #[server(default)] plan: String,
    #[server(default)] until: String,
    #[server(default)] customer: String,
    reason: String,
    seen: String,
) -> Result<()> {
    use contract::{Error, billing::RepairChoice, billing::RepairObstacle, text::RepairReason};
    use domain::billing::desk::repair::{Repaired, repair};

    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    actor.require(contract::staff::StaffRight::BillingRepair)?;
    let formatter = crate::format::Formatter::from(actor.user().person());
    let tenant = crate::platform::input::tenant_id(&tenant)?;
    let kind = super::input::kind(&kind)?;
    let choice = RepairChoice { plan, until, customer };
    let wanted = super::input::repair(kind, &choice, formatter)?;
    let reason = RepairReason::parse(&reason).map_err(|code| Error::field("reason", code))?;
    match repair(&actor, &deps, tenant, &wanted, &reason, &seen).await? {
        Repaired::Done(left) => {
            crate::form::notice(if left.is_empty() {
                "bills_repaired"
            } else {
                "bills_repaired_in_part"
            });
            crate::response::redirect_to(&super::view::desk_path(tenant));
            Ok(())
        }
        Repaired::Refused(RepairObstacle::ProviderAway(_)) => Err(Error::PaymentProviderUnavailable),
        // The page says what has become another since, or which obstacle it is.
        Repaired::Stale(_) | Repaired::Refused(_) => Err(Error::Conflict),
    }
}
