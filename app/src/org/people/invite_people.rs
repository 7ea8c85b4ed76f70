//! Inviting up to fifty addresses at once.

use contract::{error::Result, invitation::InviteReport};
use leptos::prelude::server;

/// What became of each address is answered, and shown on the page that a browser is led to. `guest_role` is the choice of a
/// form that has one for each type; without it `role` holds for guests as well.
#[server]
pub async fn invite_people(
    org: String,
    addresses: String,
    role: String,
    #[server(default)] member_type: Option<String>,
    #[server(default)] guest_role: Option<String>,
    #[server(default)] workspaces: Vec<String>,
    #[server(default)] projects: Vec<String>,
) -> Result<InviteReport> {
    use contract::{Error, FieldCode, iam::MemberType};
    use domain::people::invite::{Grant, Offer, invite};

    async {
        let actor = crate::session::org(&org).await?;
        let deps = crate::session::deps()?;
        let member_type = match member_type.as_deref() {
            None | Some("") => MemberType::Member,
            Some(key) => MemberType::from_key(key).ok_or_else(|| Error::field("member_type", FieldCode::Malformed))?,
        };
        let role = match guest_role.filter(|role| member_type == MemberType::Guest && !role.is_empty()) {
            Some(guest_role) => guest_role,
            None => role,
        };
        let of_guests = |given: Vec<String>| {
            if member_type == MemberType::Guest {
                given
            } else {
                Vec::new()
            }
        };
        let mut grants = Vec::new();
        for workspace in of_guests(workspaces) {
            grants.push(Grant::Workspace(workspace.parse().map_err(|_| Error::NotFound)?));
        }
        for project in of_guests(projects) {
            grants.push(Grant::Project(project.parse().map_err(|_| Error::NotFound)?));
        }
        let offer = Offer {
            role: role.parse().map_err(|_| Error::NotFound)?,
            member_type,
            grants,
        };
        let invited = invite(&actor, &deps, &offer, &addresses).await?;
        let slug = &actor.tenant().slug;
        crate::response::redirect_to(&format!("/o/{slug}/people/invite?batch={}", invited.batch));
        Ok(invited.report)
    }
    .await
    .map_err(crate::response::note)
}
