//! What closing one's account would do.

use contract::{account, error::Result};
use leptos::prelude::*;

/// Also behind the wall: who does not prove their address may go all the same.
#[server(input = server_fn::codec::GetUrl)]
pub async fn closing() -> Result<account::Closing> {
    use contract::account::ClosingOrganization;
    use domain::identity::closing::Fate;

    let user = crate::session::user().await?;
    let deps = crate::session::deps()?;
    let organizations = domain::identity::closing::closing(&user, &deps).await?;
    let those = |fate: Fate| {
        let of_fate = organizations.iter().filter(|organization| organization.fate == fate);
        of_fate
            .map(|organization| ClosingOrganization {
                name: organization.name.clone(),
                slug: organization.slug.clone(),
            })
            .collect()
    };
    Ok(account::Closing {
        email: user.person().email.clone(),
        signed_in_recently: user.signed_in_recently(&deps),
        has_password: domain::identity::has_password::has_password(&user, &deps).await?,
        blocking: those(Fate::Blocks),
        ending: those(Fate::Ends),
        leaving: those(Fate::Left),
    })
}
