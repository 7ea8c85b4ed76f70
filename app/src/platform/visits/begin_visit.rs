//! Beginning a visit.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn begin_visit(
    tenant: String,
    user: String,
    reason: String,
    #[server(default)] ticket: String,
) -> Result<()> {
    use contract::{
        Error,
        error::Check,
        text::{VisitReason, VisitTicket},
    };
    use domain::visits::begin::{Begun, NewVisit, begin};

    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    let (tenant, subject) = super::choose_visit::ids(&tenant, &user)?;
    let mut check = Check::default();
    let reason = check.field("reason", VisitReason::parse(&reason));
    let ticket = check.field("ticket", VisitTicket::parse(&ticket));
    let values = reason.zip(ticket);
    actor.require(contract::staff::StaffRight::Impersonate)?;
    let (reason, ticket) = check.done(values)?;
    let new = NewVisit {
        tenant,
        subject,
        reason,
        ticket,
    };
    match begin(&actor, &deps, new).await? {
        Begun::Visiting { token, slug, .. } => {
            crate::session::set_visit(&token, domain::actor::VISIT_ABSOLUTE);
            crate::response::redirect_to(&format!("/o/{slug}/projects"));
            Ok(())
        }
        // The page says which obstacle it is.
        Begun::Refused(_) => Err(Error::Conflict),
    }
}
