//! What a flag is for an organization, a person, or both.

use contract::{error::Result, flag::FlagPreview};
use leptos::prelude::server;

#[server(input = server_fn::codec::GetUrl)]
pub async fn preview_flag(
    flag: String,
    #[server(default)] organization: String,
    #[server(default)] person: String,
) -> Result<FlagPreview> {
    use domain::flags::preview::{Preview, preview};

    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    actor.require(contract::staff::StaffRight::FlagsRead)?;
    let flag = super::input::flag(&flag)?;
    Ok(match preview(&actor, &deps, flag, &organization, &person).await? {
        Preview::Value(value) => FlagPreview::Value(value),
        Preview::NoSuchOrganization => FlagPreview::NoSuchOrganization,
        Preview::NoSuchPerson => FlagPreview::NoSuchPerson,
    })
}
