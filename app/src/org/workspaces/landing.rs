//! Where a browser goes after a change, and what it says there.

use contract::iam::Permission;
use domain::actor::OrgActor;

use crate::{form::notice, org::home::or_home, response};

/// Leads a posted form on, below the organization's workspaces. Whoever asked for JSON stays where they are.
pub fn land(actor: &OrgActor, below: &str, code: &str) {
    if response::is_for_a_page() {
        notice(code);
        let may_see = actor.permissions().contains(Permission::ProjectsRead);
        response::redirect_to(&or_home(actor, may_see, &format!("/workspaces{below}")));
    }
}
