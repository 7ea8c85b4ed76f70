//! Where a browser goes after a change, and what it says there.

use domain::actor::OrgActor;

use crate::{form::notice, response};

/// Leads a posted form on, below the organization's workspaces. Whoever asked for JSON stays where they are.
pub fn land(actor: &OrgActor, below: &str, code: &str) {
    if response::is_for_a_page() {
        notice(code);
        response::redirect_to(&format!("/o/{}/workspaces{below}", actor.tenant().slug));
    }
}
