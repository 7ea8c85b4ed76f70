//! What an invitation says to whoever has its code.

use contract::{error::Result, invitation::Invitation};
use leptos::prelude::*;

#[server(input = server_fn::codec::GetUrl)]
pub async fn look_up_invitation(code: String) -> Result<Invitation> {
    use crate::format::Formatter;

    async {
        let (visitor, deps) = (crate::session::visitor()?, crate::session::deps()?);
        let user = crate::session::maybe_user().await?;
        let formatter = user
            .as_ref()
            .map_or_else(Formatter::for_strangers, |user| Formatter::from(user.person()));
        let told = domain::people::look_up::look_up(&visitor, user.as_ref(), &deps, &code).await?;
        let mut expires = formatter.moment(told.expires_at);
        if user.is_none() {
            expires.text.push_str(" UTC");
        }
        Ok(Invitation {
            organization: told.organization,
            inviter: told.inviter,
            role: told.role,
            member_type: told.member_type,
            expires,
            address: told.address,
            mailed: told.mailed,
            has_account: told.has_account,
            state: told.state,
        })
    }
    .await
    .map_err(crate::response::note)
}
