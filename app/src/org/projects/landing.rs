//! Where a browser goes after a change, and what it says there.

use contract::iam::Permission;
use domain::actor::OrgActor;

use crate::{form::notice, org::home::or_home, response};

/// Leads a posted form back to the page it came from, the bin among them, or to `otherwise` below the organization's projects. Whoever asked
/// for JSON stays where they are.
pub fn land(actor: &OrgActor, back: Option<&str>, otherwise: &str, code: &str) {
    if !response::is_for_a_page() {
        return;
    }
    let slug = &actor.tenant().slug;
    let projects = format!("/o/{slug}/projects");
    let may_see = actor.permissions().contains(Permission::ProjectsRead);
    let path = back
        .and_then(|back| within(back, &projects).or_else(|| within(back, &format!("/o/{slug}/settings/bin"))))
        .map_or_else(
            || or_home(actor, may_see, &format!("/projects{otherwise}")),
            ToOwned::to_owned,
        );
    notice(code);
    response::redirect_to(&path);
}

/// `back` when it is this page or one below it.
fn within<'a>(back: &'a str, projects: &str) -> Option<&'a str> {
    let back = response::safe_next(back)?;
    let rest = back.strip_prefix(projects)?;
    (rest.is_empty() || rest.starts_with(['/', '?', '#'])).then_some(back)
}

#[cfg(test)]
mod tests {
    use super::within;

    #[test]
    fn back_stays_within_the_projects_of_the_organization() {
        for back in [
            "/o/acme/projects",
            "/o/acme/projects?filter=bin",
            "/o/acme/projects/1?tasks=done#tasks",
        ] {
            assert_eq!(within(back, "/o/acme/projects"), Some(back));
        }
        for back in [
            "/o/other/projects",
            "/o/acme/projectsx",
            "//evil.example/o/acme/projects",
            "/o/acme/settings",
            "",
        ] {
            assert_eq!(within(back, "/o/acme/projects"), None, "{back:?}");
        }
    }
}
