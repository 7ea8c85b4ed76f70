//! What the provider answered to a change is taken in at once, by the same code as its messages: the message that comes later
//! changes nothing.

use super::{provider::Subscription, take_in};
use crate::{Deps, Result, actor::OrgActor, database::Transaction};

/// A transaction in which it is taken in, and that holds the organization's row. What is written about it goes into the same.
pub(crate) async fn taken_in(org: &OrgActor, deps: &Deps, told: &Subscription) -> Result<Transaction> {
    let mut transaction = held(org, deps).await?;
    take_in::subscription(&mut transaction, deps, org.tenant().id, told).await?;
    Ok(transaction)
}

pub(crate) async fn held(org: &OrgActor, deps: &Deps) -> Result<Transaction> {
    let mut transaction = org.begin(deps).await?;
    if !take_in::hold(&mut transaction, org.tenant().id).await? {
        return Err(contract::Error::NotFound.into());
    }
    Ok(transaction)
}

/// Ends it.
pub(crate) async fn finish(transaction: Transaction) -> Result<()> {
    transaction.commit().await?;
    Ok(())
}
