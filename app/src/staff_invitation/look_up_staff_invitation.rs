//! What the link of an invitation to the staff shows.

use contract::{error::Result, staff_invitation::StaffOffer};
use leptos::prelude::*;

#[server(input = server_fn::codec::GetUrl)]
pub async fn look_up_staff_invitation(code: String) -> Result<StaffOffer> {
    async {
        let (visitor, deps) = (crate::session::visitor()?, crate::session::deps()?);
        let user = crate::session::maybe_user().await?;
        Ok(domain::staff::look_up::look_up(&visitor, user.as_ref(), &deps, &code).await?)
    }
    .await
    .map_err(crate::response::note)
}
