//! Becoming staff with the account that one is signed in with.

use contract::error::Result;
use leptos::prelude::*;

#[server]
pub async fn accept_staff_invitation(code: String) -> Result<()> {
    use contract::Error;
    use domain::staff::accept::{Joined, accept};

    async {
        // Also for a refusal: the page sends no `Referer` to go by.
        crate::response::redirect_to(&super::accept_page::path(&code));
        let user = crate::session::user().await?;
        let deps = crate::session::deps()?;
        match accept(&user, &deps, &code).await? {
            Joined::Done => {
                crate::response::redirect_to(crate::frame::platform::HOME);
                Ok(())
            }
            // The page says it in words.
            Joined::Not(_) => Err(Error::Conflict),
        }
    }
    .await
    .map_err(crate::response::note)
}
