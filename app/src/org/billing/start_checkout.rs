//! Going to the pay page with a plan. Who has one already is led to the preview of a change instead.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn start_checkout(org: String, plan: String, interval: String, seats: String) -> Result<()> {
    use domain::billing::checkout::Outcome;

    let actor = crate::session::org_for_billing(&org).await?;
    let deps = crate::session::deps()?;
    actor
        .require(contract::iam::Permission::BillingManage)
        .map_err(contract::Error::from)?;
    let wanted = super::input::wanted(plan, &interval, &seats)?;
    let ways = super::landing::ways(&actor);
    let to = match domain::billing::checkout::checkout(&actor, &deps, &wanted, &ways).await? {
        Outcome::Pay(url) => url,
        Outcome::Paying(checkout) => super::landing::path(&actor, &format!("/return?checkout_id={checkout}")),
        Outcome::Subscribed => super::landing::change(&actor, &wanted),
    };
    crate::response::redirect_to(&to);
    Ok(())
}
