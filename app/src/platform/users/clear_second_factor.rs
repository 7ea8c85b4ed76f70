//! Taking away what guards an account, for who has lost it.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn clear_second_factor(user: String, reason: String, #[server(default)] ticket: String) -> Result<()> {
    use contract::{
        Error,
        error::Check,
        text::{ClearingReason, VisitTicket},
    };
    use domain::customers::people::clear_factors::{Cleared, Clearing, clear_factors};

    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    actor.require(contract::staff::StaffRight::UsersManage)?;
    let user = crate::platform::input::user_id(&user)?;
    let mut check = Check::default();
    let reason = check.field("reason", ClearingReason::parse(&reason));
    let ticket = check.field("ticket", VisitTicket::parse(&ticket));
    let (reason, ticket) = check.done(reason.zip(ticket))?;
    match clear_factors(&actor, &deps, user, &Clearing { reason, ticket }).await? {
        Cleared::Done => {
            crate::form::notice("user_second_factor_cleared");
            crate::response::redirect_to(&super::view::user_path(user));
            Ok(())
        }
        // The page says which of the two it is.
        Cleared::Nothing | Cleared::OfStaff => Err(Error::Conflict),
    }
}
