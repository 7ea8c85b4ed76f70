//! Where a browser goes after a change, and what it says there.

use domain::actor::OrgActor;

use crate::{form::notice, response};

/// Leads to a page of the organization.
pub fn land(actor: &OrgActor, path: &str, code: &str) {
    notice(code);
    response::redirect_to(&format!("/o/{}{path}", actor.tenant().slug));
}
