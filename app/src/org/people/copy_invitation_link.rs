//! A link to an invitation, to be passed on by hand.

use contract::error::Result;
use leptos::prelude::server;

/// The link is answered once; a browser is led to a page that shows it once.
#[server]
pub async fn copy_invitation_link(org: String, invitation: String) -> Result<String> {
    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    let invitation = super::invitation_input::invitation_id(&invitation)?;
    let code = domain::people::copy_link::copy_link(&actor, &deps, invitation).await?;
    let path = domain::people::invitation_path(&code);
    super::copied_link::remember(&code);
    crate::response::redirect_to(&format!("/o/{}/people/invite/link", actor.tenant().slug));
    Ok(format!("{}{path}", crate::session::settings().base_url))
}
