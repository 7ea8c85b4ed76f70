//! Signing somebody out, of one device or of all.

use contract::error::Result;
use leptos::prelude::server;

/// Without a session, of all.
#[server]
pub async fn end_user_sessions(user: String, #[server(default)] session: String) -> Result<()> {
    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    actor.require(contract::staff::StaffRight::UsersManage)?;
    let user = crate::platform::input::user_id(&user)?;
    let session = match session.as_str() {
        "" => None,
        id => Some(id.parse().map_err(|_| contract::Error::NotFound)?),
    };
    domain::customers::people::end_sessions::end_sessions(&actor, &deps, user, session).await?;
    crate::form::notice(if session.is_some() {
        "user_session_ended"
    } else {
        "user_sessions_ended"
    });
    crate::response::redirect_to(&super::view::user_path(user));
    Ok(())
}
