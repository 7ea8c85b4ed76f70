//! Becoming staff with an account that is made on the way.

use contract::error::Result;
use leptos::prelude::*;

/// Signs in; the next page is the one where a second factor is set up.
#[server]
pub async fn join_staff(code: String, name: String, password: String) -> Result<()> {
    use contract::{error::Check, password::Password, text::PersonName};

    async {
        // Also for a refusal: the page sends no `Referer` to go by.
        crate::response::redirect_to(&super::accept_page::path(&code));
        let mut check = Check::default();
        let name = check.field("name", PersonName::parse(&name));
        let password = check.field("password", Password::parse(&password));
        let (name, password) = check.done(name.zip(password))?;
        let (visitor, deps) = (crate::session::visitor()?, crate::session::deps()?);
        let session = domain::staff::accept::accept_new(&visitor, &deps, &code, &name, &password).await?;
        crate::auth::arrival::arrive(&session, &deps, None).await
    }
    .await
    .map_err(crate::response::note)
}
