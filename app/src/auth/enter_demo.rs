//! Entering a demo as one of its people.

use contract::error::Result;
use leptos::prelude::*;

/// An ordinary sign-in with the password that all of them have. Without demo data there is no such thing.
#[server]
pub async fn enter_demo(who: String) -> Result<()> {
    use contract::email::EmailAddress;

    async {
        let site = &crate::messages::current().site;
        let people = site.demo_people.iter().map(|person| person.key);
        let known = people
            .chain(site.demo_bills.iter().map(|bills| bills.key))
            .any(|key| key == who);
        if !crate::session::settings().demo || !known {
            return Err(contract::Error::NotFound);
        }
        let email = EmailAddress::parse(&format!("{who}@demo.plinth.test")).map_err(|_| contract::Error::NotFound)?;
        let (visitor, deps) = (crate::session::visitor()?, crate::session::deps()?);
        let password = domain::demo::PASSWORD.to_owned();
        let session = domain::identity::sign_in::sign_in(&visitor, &deps, email, password).await?;
        domain::demo::prove_second_factor(&deps, &session).await?;
        super::arrival::arrive(&session, &deps, None).await
    }
    .await
    .map_err(crate::response::note)
}
