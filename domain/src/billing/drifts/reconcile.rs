//! Holding ours against the provider's. It only reads there; what it reads that is newer is taken in.

use contract::ids::TenantId;

use super::{
    DriftKind,
    compare::compare,
    note::{self, Drift},
    sides::{ours, theirs},
};
use crate::{
    Deps, Result,
    billing::{
        provider::{Absent, CustomerId, PaymentProvider},
        take_in, told,
    },
    database::PlatformDatabase,
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reconciled {
    /// Everything agrees.
    Same,
    /// What differs, by name.
    Differs(Vec<DriftKind>),
    /// The provider did not tell, in these words.
    Outage(String),
    /// There is nothing to compare: no provider, no such organization, or one that never came near paying.
    Nothing,
}

/// The organizations that the provider knows something of.
pub async fn candidates(platform: &PlatformDatabase) -> Result<Vec<TenantId>> {
    let tenants = sqlx::query_scalar!(
        "select t.id from tenants t where t.deleted_at is null \
         and (exists (select from billing_customers c where c.tenant_id = t.id) \
            or exists (select from billing_tenant_subscriptions s where s.tenant_id = t.id)) \
         order by t.id",
    )
    .fetch_all(platform.pool())
    .await?;
    Ok(tenants.into_iter().map(TenantId).collect())
}

/// The one at `/o/{slug}`.
pub async fn at_slug(platform: &PlatformDatabase, slug: &str) -> Result<Option<TenantId>> {
    let tenant = sqlx::query_scalar!(
        "select id from tenants where slug = $1::text::citext and deleted_at is null",
        slug
    )
    .fetch_optional(platform.pool())
    .await?;
    Ok(tenant.map(TenantId))
}

pub async fn reconcile(platform: &PlatformDatabase, deps: &Deps, tenant: TenantId) -> Result<Reconciled> {
    if deps.payments.name() == Absent.name() {
        return Ok(Reconciled::Nothing);
    }
    let mut transaction = platform.begin().await?;
    let ours = ours(&mut transaction, deps, tenant).await?;
    // Nothing is asked of the provider while a transaction is open.
    transaction.commit().await?;
    if ours.customer.is_none() && ours.subscriptions.is_empty() {
        return Ok(Reconciled::Nothing);
    }
    let known = ours.customer.as_deref().map(CustomerId::from);
    let theirs = theirs(deps, tenant, known).await;
    let mut transaction = platform.begin().await?;
    if !take_in::hold(&mut transaction, tenant).await? {
        transaction.rollback().await?;
        return Ok(Reconciled::Nothing);
    }
    let reconciled = match theirs {
        Err(error) => {
            let outage = Drift {
                kind: DriftKind::ProviderOutage,
                expected: "an answer".to_owned(),
                actual: error.to_string(),
            };
            note::open(&mut transaction, deps, tenant, &outage).await?;
            Reconciled::Outage(outage.actual)
        }
        Ok(theirs) => {
            let drifts = compare(&ours, &theirs, deps.now());
            note::all(&mut transaction, deps, tenant, &drifts).await?;
            for one in &theirs.subscriptions {
                if one.customer_tenant.or(one.tenant).is_none_or(|owner| owner == tenant) {
                    told::subscription(&mut transaction, deps, tenant, one).await?;
                }
            }
            for one in &theirs.orders {
                if one.customer_tenant.or(one.tenant).is_none_or(|owner| owner == tenant) {
                    take_in::order(&mut transaction, deps, tenant, one).await?;
                }
            }
            if drifts.is_empty() {
                Reconciled::Same
            } else {
                Reconciled::Differs(drifts.into_iter().map(|drift| drift.kind).collect())
            }
        }
    };
    transaction.commit().await?;
    Ok(reconciled)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{
        billing::{
            drifts::list::list,
            provider::{Customer, WebhookKind},
            testing::{Script, at, order, subscription},
        },
        testing::{TestDatabase, clock_and_deps, organization, person},
    };

    #[tokio::test]
    async fn a_drift_is_opened_once_seen_again_and_closed_and_what_is_newer_is_taken_in() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let tenant = organization(&deps, &person(&deps, "ann").await, "acme")
            .await
            .tenant()
            .id;
        let (script, deps) = Script::begin(&database, deps).await;
        let platform = database.platform();
        let run = async || reconcile(&platform, &deps, tenant).await.unwrap();
        assert_eq!(run().await, Reconciled::Nothing, "never came near paying");
        assert_eq!(candidates(&platform).await.unwrap(), []);

        let customer = Customer {
            id: "customer".into(),
            tenant: Some(tenant),
            name: None,
            email: None,
            deleted: false,
            created_at: at(2, 8),
            modified_at: at(2, 8),
        };
        let event = script
            .send(&platform, &deps, "c", WebhookKind::Customer(Box::new(customer.clone())))
            .await;
        crate::billing::events::settle::settle(&platform, &deps, event)
            .await
            .unwrap();
        assert_eq!(candidates(&platform).await.unwrap(), [tenant]);
        assert_eq!(at_slug(&platform, "acme").await.unwrap(), Some(tenant));
        *script.customer.lock().unwrap() = Some(customer);
        *script.subscriptions.lock().unwrap() = vec![subscription(tenant, "one")];
        *script.orders.lock().unwrap() = vec![order(tenant, "ours"), order(TenantId(Uuid::from_u128(7)), "another's")];
        assert_eq!(run().await, Reconciled::Same);
        let lost = "billing_invoices where provider_order_id = 'ours' and paid";
        assert_eq!(
            (database.count(lost).await, database.count("billing_invoices").await),
            (1, 1)
        );
        assert_eq!(
            database.count("billing_tenant_subscriptions where is_current").await,
            1,
            "its message was lost"
        );
        assert_eq!(database.count("tenants where billing_state = 'active'").await, 1);

        *script.away.lock().unwrap() = true;
        let out = Reconciled::Outage("the provider does not answer: away".to_owned());
        for hour in 0..2 {
            clock.advance(chrono::TimeDelta::hours(hour));
            assert_eq!(run().await, out);
        }
        let open = list(&platform).await.unwrap();
        assert_eq!(
            (open.len(), &*open[0].kind, &*open[0].slug),
            (1, "provider_outage", "acme")
        );
        assert_eq!(open[0].seen_at - open[0].found_at, chrono::TimeDelta::hours(1));
        *script.away.lock().unwrap() = false;
        script.subscriptions.lock().unwrap()[0].amount = 1;
        assert_eq!(run().await, Reconciled::Differs(vec![DriftKind::PriceMismatch]));
        assert_eq!(database.count("billing_drifts where resolved_at is not null").await, 1);
        assert_eq!(script.asked.lock().unwrap().len(), 0, "nothing is changed there");
    }
}
