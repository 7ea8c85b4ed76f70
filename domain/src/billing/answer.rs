//! What the provider answered to a change is taken in at once, by the same code as its messages: the message that comes later
//! changes nothing.

use super::{provider::Subscription, refresh::refresh, take_in};
use crate::{Deps, Result, actor::OrgActor, database::Transaction};

/// A transaction in which it is taken in, with what follows for the organization, and that holds the organization's row. What is
/// written about it goes into the same.
pub(crate) async fn taken_in(org: &OrgActor, deps: &Deps, told: &Subscription) -> Result<Transaction> {
    let mut transaction = held(org, deps).await?;
    let tenant = org.tenant().id;
    if take_in::subscription(&mut transaction, deps, tenant, told)
        .await?
        .changed
    {
        refresh(&mut transaction, deps, tenant).await?;
    }
    Ok(transaction)
}

pub(crate) async fn held(org: &OrgActor, deps: &Deps) -> Result<Transaction> {
    let mut transaction = org.begin(deps).await?;
    if !take_in::hold(&mut transaction, org.tenant().id).await? {
        return Err(contract::Error::NotFound.into());
    }
    Ok(transaction)
}
