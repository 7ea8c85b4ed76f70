//! The visits and support sessions in which somebody saw what one sees oneself.

use contract::{account_access::AccountAccess, error::Result};
use leptos::prelude::server;

/// The latest first.
#[server(input = server_fn::codec::GetUrl)]
pub async fn list_account_access() -> Result<Vec<AccountAccess>> {
    use crate::platform::{support::rows as support, visits::rows as visits};

    let user = crate::account::admitted::admitted().await?;
    let deps = crate::session::deps()?;
    let formatter = crate::format::Formatter::from(user.person());
    let (reader, now) = (user.id(), deps.now());
    let seen = domain::visits::of_person::list(&user, &deps).await?;
    let let_in = domain::support_sessions::of_person::list(&user, &deps).await?;
    let seen = seen.into_iter().map(|visit| {
        let row = visits::row(visit.clone(), reader, now, formatter);
        (visit.began, AccountAccess::Visit(row))
    });
    let let_in = let_in.into_iter().map(|session| {
        let came = session.entered.unwrap_or(session.created);
        (came, AccountAccess::Support(support::row(session, reader, formatter)))
    });
    let mut all: Vec<_> = seen.chain(let_in).collect();
    all.sort_by_key(|(began, _)| std::cmp::Reverse(*began));
    Ok(all.into_iter().map(|(_, one)| one).collect())
}
