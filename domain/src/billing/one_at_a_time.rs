//! A subscription is changed by one request at a time: what was previewed is what is charged, also when two people confirm
//! different changes at the same moment, and a button that is pressed twice is pressed once.

use std::time::Duration;

use chrono::TimeDelta;
use contract::ids::TenantId;

use super::{
    change_plan::waits_already,
    held::Held,
    quote::{self, Change},
    wanted::Wanted,
};
use crate::{
    Deps, Result,
    actor::OrgActor,
    database::{Transaction, end_of_reading},
};

/// So long a change may take at most. Whoever was killed within it does not hold others up for longer.
const CHANGING: TimeDelta = TimeDelta::minutes(2);
/// How often, and how many times, it is looked whether another request is done.
const LOOK_EVERY: Duration = Duration::from_millis(100);
const LOOK_TIMES: u32 = 150;

#[derive(Debug)]
pub(super) enum Turn {
    Mine(Box<Change>),
    /// It is what is paid for, or what waits, already.
    Already,
}

/// Waits until nobody else changes the subscription, and looks at it anew. What has become another since `version` is refused.
/// Whoever has the turn gives it back by [`done`].
pub(super) async fn turn(org: &OrgActor, deps: &Deps, wanted: &Wanted, version: i64) -> Result<Turn> {
    for _ in 0..LOOK_TIMES {
        let mut transaction = org.begin(deps).await?;
        let change = quote::change(&mut transaction, org, deps, wanted).await?;
        if waits_already(&change) {
            end_of_reading(transaction);
            return Ok(Turn::Already);
        }
        if change.held.version() != version {
            return Err(contract::Error::Conflict.into());
        }
        if take(&mut transaction, org.tenant().id, deps, &change.held).await? {
            transaction.commit().await?;
            return Ok(Turn::Mine(Box::new(change)));
        }
        end_of_reading(transaction);
        tokio::time::sleep(LOOK_EVERY).await;
    }
    Err(contract::Error::PaymentProviderUnavailable.into())
}

/// Also after a change that was refused.
pub(super) async fn done(org: &OrgActor, deps: &Deps, held: &Held) -> Result<()> {
    let mut transaction = org.begin(deps).await?;
    give_back(&mut transaction, org.tenant().id, held).await?;
    transaction.commit().await?;
    Ok(())
}

/// In a transaction that is in the organization, or that is the platform's.
pub(super) async fn give_back(transaction: &mut Transaction, tenant: TenantId, held: &Held) -> Result<()> {
    sqlx::query!(
        "update billing_tenant_subscriptions set changing_until = null \
         where tenant_id = $1 and provider_subscription_id = $2",
        tenant.0,
        held.id.as_str(),
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// False when somebody else has the turn, or it has become another since it was looked at. Whoever has it gives it back.
pub(super) async fn take(transaction: &mut Transaction, tenant: TenantId, deps: &Deps, held: &Held) -> Result<bool> {
    let now = deps.now();
    let taken = sqlx::query!(
        "update billing_tenant_subscriptions set changing_until = $4 \
         where tenant_id = $1 and provider_subscription_id = $2 and modified_at = $3 \
            and (changing_until is null or changing_until <= $5)",
        tenant.0,
        held.id.as_str(),
        held.modified_at(),
        now + CHANGING,
        now,
    )
    .execute(&mut **transaction)
    .await?;
    Ok(taken.rows_affected() > 0)
}
