//! What waits for the proven address of who is signed in.

use contract::{error::Result, invitation::WaitingInvitation};
use leptos::prelude::*;

#[server(input = server_fn::codec::GetUrl)]
pub async fn waiting_invitations() -> Result<Vec<WaitingInvitation>> {
    let user = crate::session::user().await?;
    let deps = crate::session::deps()?;
    let formatter = crate::format::Formatter::from(user.person());
    let waiting = domain::people::waiting::waiting(&user, &deps).await?;
    Ok(waiting
        .into_iter()
        .map(|one| WaitingInvitation {
            id: one.id,
            organization: one.organization,
            inviter: one.inviter,
            role: one.role,
            member_type: one.member_type,
            expires: formatter.moment(one.expires_at),
        })
        .collect())
}
