//! Where somebody starts in an organization.

use contract::iam::Permission;
use domain::actor::OrgActor;

/// Where a change leads: to `path` for who may see what is there, otherwise to where everybody comes in.
pub fn or_home(actor: &OrgActor, may_see: bool, path: &str) -> String {
    let path = if may_see { path } else { "/projects" };
    format!("/o/{}{path}", actor.tenant().slug)
}

/// The first page that their rights show them. Everybody sees their own place.
pub fn home(actor: &OrgActor) -> String {
    const PAGES: [(Permission, &str); 9] = [
        (Permission::ProjectsRead, "projects"),
        (Permission::MembersRead, "people"),
        (Permission::MembersInvite, "people/invite"),
        (Permission::TenantUpdate, "settings/general"),
        (Permission::BillingRead, "settings/billing"),
        (Permission::RolesRead, "settings/roles"),
        (Permission::AuditRead, "settings/audit"),
        (Permission::ProjectsDelete, "settings/bin"),
        (Permission::TenantDelete, "settings/danger"),
    ];
    let slug = &actor.tenant().slug;
    PAGES
        .into_iter()
        .find(|(right, _)| actor.permissions().contains(*right))
        .map_or_else(
            || format!("/o/{slug}/people/{}", actor.user().id()),
            |(_, page)| format!("/o/{slug}/{page}"),
        )
}
