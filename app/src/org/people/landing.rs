//! Where a browser goes after a change, and what it says there.

use contract::iam::Permission;
use domain::actor::OrgActor;

use crate::{form::notice, org::home::or_home, response};

/// Leads to a page of the organization; who may not see the people is not led to them.
pub fn land(actor: &OrgActor, path: &str, code: &str) {
    let own = format!("/people/{}", actor.user().id());
    let closed = path.starts_with("/people") && path != own && !actor.permissions().contains(Permission::MembersRead);
    notice(code);
    response::redirect_to(&or_home(actor, !closed, path));
}
