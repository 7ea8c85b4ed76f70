//! The way to the provider's own pages: cards, addresses, tax details.

use contract::iam::Permission;

use super::{
    customer,
    provider::NewPortalSession,
    refusal::{refusal, require_provider},
};
use crate::{
    Deps, Result,
    actor::OrgActor,
    audit::Action,
    throttle::{self, Policy},
};

/// The address of a door that is open for a while, for the one who asks alone. `back` is where the way back leads, absolute.
/// Refused before anything was bought.
pub async fn portal(org: &OrgActor, deps: &Deps, back: String) -> Result<String> {
    org.require(Permission::BillingManage)?;
    org.require_own_hands()?;
    require_provider(org, deps)?;
    throttle::attempt(deps, Policy::BillingLookByOrganization, &org.tenant().id.to_string()).await?;
    let mut transaction = org.begin(deps).await?;
    let customer = customer::known(&mut transaction, org.tenant().id)
        .await?
        .ok_or(contract::Error::Conflict)?;
    org.audit(Action::BillingPortalOpened)
        .subject(org.tenant().id.0)
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    let session = deps
        .payments
        .portal(NewPortalSession {
            customer,
            person: customer::person(org),
            return_url: Some(back),
        })
        .await
        .map_err(refusal)?;
    Ok(session.url)
}
