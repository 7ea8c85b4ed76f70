//! What has changed about the subscription that counts, without anybody having done it here: on the provider's pages, by the
//! provider itself, or by a first payment that went through. What somebody did here is recorded by who does it.

use contract::ids::TenantId;
use serde_json::{Value, json};

use super::{
    provider::Subscription,
    refresh::{Room, refresh_with},
    take_in::{self, Counting, Pending, Taken},
};
use crate::{
    Deps, Result,
    actor::RequestInfo,
    audit::{Action, Entry, Origin},
    database::Transaction,
};

/// The entries that say so, in their order.
fn changes(taken: &Taken) -> Vec<Action> {
    let Some(after) = &taken.after else {
        return Vec::new();
    };
    let same = taken.before.as_ref().filter(|before| before.id == after.id);
    let Some(before) = same.filter(|before| before.status.is_live() || !after.status.is_live()) else {
        return if after.status.is_live() {
            vec![Action::BillingSubscribed]
        } else {
            Vec::new()
        };
    };
    let mut changes = Vec::new();
    let plan = |counting: &Counting| (counting.plan_key.clone(), counting.interval);
    let plan_changed = plan(before) != plan(after);
    let seats_changed = before.seats != after.seats;
    let planned = |pending: &Option<Pending>| pending.as_ref().and_then(|pending| pending.plan_key.clone());
    let seats_planned = |pending: &Option<Pending>| pending.as_ref().and_then(|pending| pending.seats);
    let is_new = before.pending != after.pending;
    if plan_changed || is_new && planned(&after.pending).is_some_and(|key| Some(key) != planned(&before.pending)) {
        changes.push(Action::BillingPlanChanged);
    }
    if seats_changed
        || is_new && seats_planned(&after.pending).is_some_and(|seats| Some(seats) != seats_planned(&before.pending))
    {
        changes.push(Action::BillingSeatsChanged);
    }
    if before.pending.is_some() && after.pending.is_none() && !plan_changed && !seats_changed && after.status.is_live()
    {
        changes.push(Action::BillingChangeDropped);
    }
    match (before.cancel_at_period_end, after.cancel_at_period_end) {
        (false, true) if after.status.is_live() => changes.push(Action::BillingCanceled),
        (true, false) if after.status.is_live() => changes.push(Action::BillingCancelUndone),
        _ => {}
    }
    changes
}

/// Takes in what the provider told by itself, or what was read of it, with everything that follows. Comes last: it ends with
/// entries of the log. The caller holds the organization's row.
pub(crate) async fn subscription(
    transaction: &mut Transaction,
    deps: &Deps,
    tenant: TenantId,
    told: &Subscription,
) -> Result<Taken> {
    let taken = take_in::subscription(transaction, deps, tenant, told).await?;
    if taken.changed {
        keep(transaction, deps, tenant, &taken).await?;
        refresh_with(transaction, deps, tenant, room(&taken)).await?;
        record(transaction, deps, tenant, &taken).await?;
    }
    Ok(taken)
}

/// The provider knows nothing of one that lives here, with everything that follows. Comes last: it ends with entries of the log. The
/// caller holds the organization's row.
pub(crate) async fn gone(transaction: &mut Transaction, deps: &Deps, tenant: TenantId, id: &str) -> Result<Taken> {
    let taken = take_in::gone(transaction, deps, tenant, id).await?;
    if taken.changed {
        refresh_with(transaction, deps, tenant, Room::Open).await?;
        record(transaction, deps, tenant, &taken).await?;
    }
    Ok(taken)
}

/// Most of what is told, a renewal above all, leaves the plan as it is.
fn room(taken: &Taken) -> Room {
    match (&taken.before, &taken.after) {
        (Some(before), Some(after))
            if (&before.id, &before.plan_key, before.status) == (&after.id, &after.plan_key, after.status)
                && before.seats <= after.seats =>
        {
            Room::Enough
        }
        _ => Room::Open,
    }
}

/// The rows that go with it.
async fn keep(transaction: &mut Transaction, deps: &Deps, tenant: TenantId, taken: &Taken) -> Result<()> {
    let (Some(before), Some(after)) = (&taken.before, &taken.after) else {
        return Ok(());
    };
    if before.id == after.id && before.seats != after.seats {
        sqlx::query!(
            "insert into billing_seat_changes (tenant_id, id, seats_before, seats_after, source, changed_at) \
             values ($1, $2, $3, $4, 'provider', $5)",
            tenant.0,
            deps.id::<uuid::Uuid>(),
            before.seats,
            after.seats,
            deps.now(),
        )
        .execute(&mut **transaction)
        .await?;
    }
    if changes(taken).contains(&Action::BillingCancelUndone) {
        sqlx::query!(
            "update billing_cancellations set undone_at = $3 \
             where tenant_id = $1 and provider_subscription_id = $2 and undone_at is null",
            tenant.0,
            after.id,
            deps.now(),
        )
        .execute(&mut **transaction)
        .await?;
    }
    Ok(())
}

async fn record(transaction: &mut Transaction, deps: &Deps, tenant: TenantId, taken: &Taken) -> Result<()> {
    let request = RequestInfo::default();
    for action in changes(taken) {
        let mut entry = Entry::new(action, Origin::System, &request).subject(tenant.0);
        entry.tenant = tenant;
        if let Some(before) = taken.before.as_ref().filter(|_| action != Action::BillingSubscribed) {
            entry = entry.before(words(before));
        }
        if let Some(after) = &taken.after {
            entry = entry.after(words(after));
        }
        entry.write(transaction, deps).await?;
    }
    Ok(())
}

fn words(counting: &Counting) -> Value {
    let pending = counting
        .pending
        .as_ref()
        .map(|pending| json!({ "plan": pending.plan_key, "seats": pending.seats, "applies_at": pending.applies_at }));
    json!({
        "plan": counting.plan_key,
        "interval": counting.interval,
        "seats": counting.seats,
        "ends_at": counting.ends_at,
        "pending": pending,
    })
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use contract::billing::BillingInterval;

    use super::*;
    use crate::{
        billing::{
            effective::SubscriptionStatus,
            provider,
            testing::{self, Script, at},
        },
        testing::{TestDatabase, clock_and_deps, organization, person},
    };

    fn counting() -> Counting {
        Counting {
            id: "one".to_owned(),
            plan_key: Some("team".to_owned()),
            interval: Some(BillingInterval::Month),
            status: SubscriptionStatus::Active,
            seats: 5,
            cancel_at_period_end: false,
            ends_at: None,
            pending: None,
        }
    }

    fn told(before: Option<Counting>, after: Counting) -> Vec<&'static str> {
        let taken = Taken {
            before,
            after: Some(after),
            changed: true,
        };
        changes(&taken).into_iter().map(Action::key).collect()
    }

    #[test]
    fn each_change_has_its_entry() {
        let plain = counting();
        assert_eq!(told(Some(plain.clone()), plain.clone()), [""; 0]);
        assert_eq!(told(None, plain.clone()), ["billing.subscribed"]);
        let ended = Counting {
            status: SubscriptionStatus::Canceled,
            ..plain.clone()
        };
        assert_eq!(
            told(Some(plain.clone()), ended.clone()),
            [""; 0],
            "its end is a change of state"
        );
        assert_eq!(told(None, ended.clone()), [""; 0]);
        let again = Counting {
            id: "two".to_owned(),
            ..plain.clone()
        };
        assert_eq!(told(Some(ended), again), ["billing.subscribed"]);
        let bigger = Counting {
            plan_key: Some("business".to_owned()),
            seats: 9,
            ..plain.clone()
        };
        assert_eq!(
            told(Some(plain.clone()), bigger),
            ["billing.plan_changed", "billing.seats_changed"]
        );
        let yearly = Counting {
            interval: Some(BillingInterval::Year),
            ..plain.clone()
        };
        assert_eq!(told(Some(plain.clone()), yearly), ["billing.plan_changed"]);
        let canceled = Counting {
            cancel_at_period_end: true,
            ..plain.clone()
        };
        assert_eq!(told(Some(plain.clone()), canceled.clone()), ["billing.canceled"]);
        assert_eq!(told(Some(canceled), plain), ["billing.cancel_undone"]);
    }

    #[test]
    fn what_waits_is_told_when_it_is_chosen_and_when_it_holds_and_its_withdrawal_as_one() {
        let plain = counting();
        let waiting = Counting {
            pending: Some(Pending {
                plan_key: None,
                seats: Some(3),
                applies_at: DateTime::UNIX_EPOCH,
            }),
            ..plain.clone()
        };
        assert_eq!(told(Some(plain.clone()), waiting.clone()), ["billing.seats_changed"]);
        assert_eq!(told(Some(waiting.clone()), plain.clone()), ["billing.change_dropped"]);
        let holds = Counting { seats: 3, ..plain };
        assert_eq!(told(Some(waiting), holds), ["billing.seats_changed"]);
    }

    #[tokio::test]
    async fn what_a_plan_has_no_room_for_is_looked_for_where_there_may_be_less_of_it() {
        let database = TestDatabase::new().await;
        let deps = clock_and_deps(&database).1;
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let tenant = acme.tenant().id;
        let (_script, deps) = Script::begin(&database, deps).await;
        let looked_for = async |told: &provider::Subscription| {
            let forget = sqlx::query("delete from graphile_worker._private_jobs");
            forget.execute(database.owner()).await.unwrap();
            let mut transaction = database.platform().begin().await.unwrap();
            let taken = subscription(&mut transaction, &deps, tenant, told).await.unwrap();
            assert!(taken.changed);
            transaction.commit().await.unwrap();
            database
                .count("graphile_worker._private_jobs where key like 'apply_limits:%'")
                .await
                == 1
        };
        let mut one = testing::subscription(tenant, "one");
        assert!(looked_for(&one).await, "it is bought");
        let mut hour = 9;
        let mut then = |change: fn(&mut provider::Subscription)| {
            hour += 1;
            one.modified_at = at(2, hour);
            change(&mut one);
            one.clone()
        };
        let renewed: fn(&mut provider::Subscription) = |one| one.current_period_end = Some(at(30, 9));
        for (change, less, what) in [
            (renewed, false, "it is renewed"),
            (|one| one.seats = Some(6), false, "there are more seats"),
            (|one| one.seats = Some(4), true, "there are fewer"),
            (|one| one.product = "starter-month".into(), true, "it is another plan"),
            (|one| one.cancel_at_period_end = true, true, "it is in another state"),
            (|one| one.amount = 1, false, "it costs something else"),
        ] {
            assert_eq!(looked_for(&then(change)).await, less, "{what}");
        }
        sqlx::query("update tenants set over_limit_since = now()")
            .execute(database.owner())
            .await
            .unwrap();
        assert!(
            looked_for(&then(|one| one.amount = 2)).await,
            "there was no room before"
        );
    }
}
