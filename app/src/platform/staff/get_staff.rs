//! One of the staff.

use contract::{error::Result, staff::StaffMember};
use leptos::prelude::server;

#[server(input = server_fn::codec::GetUrl)]
pub async fn get_staff(user: String) -> Result<StaffMember> {
    let all = super::list_staff::list_staff().await?;
    let user = crate::platform::input::user_id(&user)?;
    all.into_iter()
        .find(|member| member.id == user)
        .ok_or(contract::Error::NotFound)
}
