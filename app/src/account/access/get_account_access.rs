//! One visit or support session, and what was done in it.

use contract::{account_access::AccountAccessDetail, error::Result};
use leptos::prelude::server;

#[server(input = server_fn::codec::GetUrl)]
pub async fn get_account_access(id: String) -> Result<AccountAccessDetail> {
    use contract::Error;

    use crate::platform::{support::rows as support, visits::rows as visits};

    let user = crate::account::admitted::admitted().await?;
    let deps = crate::session::deps()?;
    let formatter = crate::format::Formatter::from(user.person());
    let visit: contract::ids::VisitId = id.parse().map_err(|_| Error::NotFound)?;
    match domain::visits::of_person::get(&user, &deps, visit)
        .await
        .map_err(Error::from)
    {
        Ok(found) => Ok(AccountAccessDetail::Visit(visits::detail(
            found,
            user.id(),
            deps.now(),
            formatter,
        ))),
        Err(Error::NotFound) => {
            let session = contract::ids::SupportSessionId(visit.0);
            let found = domain::support_sessions::of_person::get(&user, &deps, session).await?;
            Ok(AccountAccessDetail::Support(support::detail(
                found,
                user.id(),
                formatter,
            )))
        }
        Err(error) => Err(error),
    }
}
