//! What one has said of oneself.

use contract::{account, error::Result};
use leptos::prelude::*;

#[server(input = server_fn::codec::GetUrl)]
pub async fn profile() -> Result<account::Profile> {
    let user = super::admitted::admitted().await?;
    let person = user.person();
    Ok(account::Profile {
        name: person.name.clone(),
        email: person.email.clone(),
        locale: person.locale,
        time_zone: person.time_zone.name().to_owned(),
        theme: person.theme,
        notify_new_sign_in: person.notify_new_sign_in,
    })
}
