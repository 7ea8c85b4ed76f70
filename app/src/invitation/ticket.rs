//! What the forms of an invitation send, and where they lead back to.

use contract::{Error, FieldCode, error::Result, ids::InvitationId, invitation::InvitationState};
use domain::people::Ticket;

use crate::{page::with_query, response::redirect_to};

/// The page of a code.
pub fn path(code: &str) -> String {
    with_query("/accept-invite", "code", code)
}

/// Also for a refusal: the page sends no `Referer` to go by.
pub fn come_back(code: Option<&str>) {
    if let Some(code) = code {
        redirect_to(&path(code));
    }
}

/// What the invitation is named by. An id that is none is the id of nothing.
pub fn ticket<'a>(code: Option<&'a str>, invitation: Option<&str>) -> Result<Ticket<'a>> {
    match (code, invitation) {
        (Some(code), _) => Ok(Ticket::Code(code)),
        (None, Some(invitation)) => {
            let id: InvitationId = invitation.parse().map_err(|_| Error::NotFound)?;
            Ok(Ticket::Waiting(id))
        }
        (None, None) => Err(Error::field("code", FieldCode::Required)),
    }
}

/// For who asks by a script; the page says it in its own words.
pub fn refusal(state: &InvitationState) -> Error {
    match state {
        InvitationState::Full { limit, used, allowed } => Error::LimitReached {
            limit: *limit,
            used: *used,
            allowed: *allowed,
        },
        InvitationState::OrganizationInactive | InvitationState::ReadOnly => Error::TenantInactive,
        InvitationState::Unverified => Error::EmailUnverified,
        InvitationState::OtherAddress { .. } | InvitationState::Suspended => Error::Forbidden,
        InvitationState::AlreadyIn { .. } => Error::field("form", FieldCode::AlreadyAMember),
        InvitationState::Expired | InvitationState::Used | InvitationState::Declined => {
            Error::field("form", FieldCode::LinkExpired)
        }
        InvitationState::SignedOut
        | InvitationState::Ready
        | InvitationState::InviterGone
        | InvitationState::RoleAbove => Error::Conflict,
    }
}
