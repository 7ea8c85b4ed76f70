//! The devices one is signed in on.

use contract::{account::SessionRow, error::Result};
use leptos::prelude::*;

/// This device first, then the others as they were last used.
#[server(input = server_fn::codec::GetUrl)]
pub async fn sessions() -> Result<Vec<SessionRow>> {
    let user = super::admitted::admitted().await?;
    let deps = crate::session::deps()?;
    let formatter = crate::format::Formatter::from(user.person());
    let mut rows: Vec<SessionRow> = domain::identity::sessions::list(&user, &deps)
        .await?
        .into_iter()
        .map(|session| SessionRow {
            id: session.id,
            device: super::device::name(&session.user_agent),
            address: session.address,
            signed_in: formatter.moment(session.created_at),
            last_seen: formatter.moment(session.last_seen_at),
            current: session.id == user.session(),
        })
        .collect();
    rows.sort_by_key(|row| !row.current);
    Ok(rows)
}
