//! Who is invited to the staff and has not come yet.

use contract::{error::Result, staff_invitation::StaffInvitations};
use leptos::prelude::server;

#[server(input = server_fn::codec::GetUrl)]
pub async fn list_staff_invitations() -> Result<StaffInvitations> {
    use contract::staff_invitation::StaffInvitation;

    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    let formatter = crate::format::Formatter::from(actor.user().person());
    let open = domain::staff::invitations::invitations(&actor, &deps).await?;
    Ok(StaffInvitations {
        open: open
            .into_iter()
            .map(|one| StaffInvitation {
                id: one.id,
                email: one.email,
                role: one.role,
                inviter: one.inviter,
                sent: formatter.moment(one.sent_at),
                expires: formatter.moment(one.expires_at),
                expired: one.expires_at <= deps.now(),
            })
            .collect(),
        domains: deps.staff_domains.all().to_vec(),
        fresh_factor: actor.has_fresh_factor(&deps),
    })
}
