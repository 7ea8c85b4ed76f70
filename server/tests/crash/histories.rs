//! Organizations, and what each of them goes through at the provider.

use chrono::{DateTime, TimeDelta, Utc};
use contract::ids::{TenantId, UserId};
use domain::{
    billing::provider::{
        Cancellation, CustomerId, NewCustomer, PaymentProvider, Person, ProductId, SubscriptionId, Timing,
    },
    clock::{Clock, SystemClock},
};
use sandbox::CardBehaviour;
use serde_json::{Map, Value};
use sqlx::PgPool;
use uuid::Uuid;

use crate::provider::{Message, Provider};

/// Whose trial is over, so that what they may do hangs on what they pay for alone.
pub async fn organizations(owner: &PgPool, count: usize) -> Vec<TenantId> {
    sqlx::query(
        "with owner as (
            insert into users (id, email, name, created_at, updated_at)
            values (gen_random_uuid(), 'owner@example.test', 'Owner', now(), now()) returning id
        )
        insert into tenants (id, name, slug, plan_key, billing_state, trial_ends_at, created_by, created_at, updated_at)
        select gen_random_uuid(), 'History ' || n, 'history-' || n, 'starter', 'none', now() - interval '100 days', owner.id,
            now(), now()
        from owner, generate_series(1, $1) n",
    )
    .bind(i32::try_from(count).unwrap())
    .execute(owner)
    .await
    .unwrap();
    let ids: Vec<Uuid> = sqlx::query_scalar("select id from tenants where slug like 'history-%' order by slug")
        .fetch_all(owner)
        .await
        .unwrap();
    assert_eq!(ids.len(), count);
    ids.into_iter().map(TenantId).collect()
}

struct Life<'a> {
    provider: &'a Provider,
    customer: CustomerId,
    tenant: TenantId,
    now: DateTime<Utc>,
}

/// Everybody's, and all that was told of them.
pub async fn live(provider: &Provider, tenants: &[TenantId]) -> Vec<Message> {
    let products = products(provider).await;
    for (number, tenant) in tenants.iter().enumerate() {
        let customer = provider.polar.ensure_customer(new_customer(*tenant)).await.unwrap();
        let life = Life {
            provider,
            customer,
            tenant: *tenant,
            now: SystemClock.now(),
        };
        life.live(number, &products).await;
    }
    provider.told().await
}

/// Monthly first, so that changes from one to the next are between plans.
async fn products(provider: &Provider) -> Vec<ProductId> {
    let mut products = provider.polar.products().await.unwrap();
    products.sort_by_key(|product| {
        (
            product.interval.unwrap().key(),
            product.seat_price.clone().unwrap().amount,
        )
    });
    assert_eq!(products.len(), 6, "the program has put them up for sale");
    products.into_iter().map(|product| product.id).collect()
}

fn new_customer(tenant: TenantId) -> NewCustomer {
    NewCustomer {
        tenant,
        name: format!("History {tenant}"),
        owner: Person {
            user: UserId(tenant.0),
            email: format!("{tenant}@example.test"),
            name: "Owner".to_owned(),
        },
    }
}

impl Life<'_> {
    async fn live(&self, number: usize, products: &[ProductId]) {
        let polar = &self.provider.polar;
        let control = self.provider.control();
        let product = |step: usize| &products[(number / 10 + step) % products.len()];
        let long_ago = TimeDelta::days(12 + i64::try_from(number % 60).unwrap());
        let bought = self.buy(product(0), long_ago);
        let subscription = Uuid::parse_str(bought.as_str()).unwrap();
        let cancellation = || Cancellation {
            reason: contract::billing::CancelReason::TooExpensive,
            comment: None,
        };
        match number % 10 {
            0 | 1 => {}
            2 => control
                .fail_renewal(subscription, self.now - TimeDelta::days(2))
                .unwrap(),
            3 => control
                .fail_renewal(subscription, self.now - TimeDelta::days(10))
                .unwrap(),
            4 => drop(polar.cancel(bought, cancellation()).await.unwrap()),
            5 => {
                polar.cancel(bought.clone(), cancellation()).await.unwrap();
                polar.undo_cancel(bought).await.unwrap();
            }
            6 => drop(polar.revoke(bought).await.unwrap()),
            7 => drop(polar.change_seats(bought, 7, Timing::Now).await.unwrap()),
            8 => {
                polar
                    .change_plan(bought, product(1).clone(), Timing::Now)
                    .await
                    .unwrap();
            }
            _ => {
                control
                    .fail_renewal(subscription, self.now - TimeDelta::days(3))
                    .unwrap();
                let customer = Uuid::parse_str(self.customer.as_str()).unwrap();
                control.replace_card(customer, CardBehaviour::Pays).unwrap();
                polar.revoke(bought).await.unwrap();
                self.buy(product(2), TimeDelta::days(1));
            }
        }
    }

    fn buy(&self, product: &ProductId, ago: TimeDelta) -> SubscriptionId {
        let whose = Map::from_iter([("tenant_id".to_owned(), Value::String(self.tenant.to_string()))]);
        let parse = |id: &str| Uuid::parse_str(id).unwrap();
        let control = self.provider.control();
        let id = control
            .subscribe(
                parse(self.customer.as_str()),
                parse(product.as_str()),
                Some(3),
                &whose,
                self.now - ago,
            )
            .unwrap();
        SubscriptionId::new(id.to_string())
    }
}
