//! What the buttons of an invitation send, and where they lead back to.

use contract::{Error, error::Result, iam::Permission, ids::InvitationId};
use domain::actor::OrgActor;

use crate::{form::notice, response};

/// An id that is none is the id of nothing.
pub fn invitation_id(text: &str) -> Result<InvitationId> {
    text.parse().map_err(|_| Error::NotFound)
}

/// Back to the page of people that the button was on. Who may not see the people invites from the page for that.
pub fn land(actor: &OrgActor, back: Option<&str>, code: &str) {
    let people = format!("/o/{}/people", actor.tenant().slug);
    let back = back.and_then(response::safe_next).filter(|back| {
        back.strip_prefix(&people)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']))
    });
    let otherwise = if actor.permissions().contains(Permission::MembersRead) {
        people.clone()
    } else {
        format!("{people}/invite")
    };
    notice(code);
    response::redirect_to(back.unwrap_or(&otherwise));
}
