//! What the provider told, over all organizations, the newest first, a page at a time.

use chrono::{DateTime, Utc};
use contract::{
    ids::{PaymentEventId, TenantId},
    staff::StaffRight,
    webhooks::EventStatus,
};
use uuid::Uuid;

use crate::{
    Deps, Error, Result,
    actor::StaffActor,
    database::{Transaction, end_of_reading},
};

/// Messages on a page.
pub const PAGE_SIZE: usize = 50;

/// As many types as anybody looks through.
const TYPES: i64 = 100;

/// What is not said is not asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    pub status: Option<EventStatus>,
    pub event_type: Option<String>,
    /// An organization's address, also one it had before, or its id.
    pub organization: Option<String>,
    /// The last of the page before this one.
    pub before: Option<PaymentEventId>,
}

/// Without what it says: that may tell about people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    pub id: PaymentEventId,
    pub event_type: String,
    pub status: EventStatus,
    /// Whose it was found to be.
    pub tenant: Option<TenantId>,
    pub organization: Option<String>,
    pub received_at: DateTime<Utc>,
    pub attempts: u32,
    pub last_error: Option<String>,
    /// While it waits.
    pub next_attempt_at: Option<DateTime<Utc>>,
    pub diverged: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    pub events: Vec<Event>,
    pub older: Option<PaymentEventId>,
    pub types: Vec<String>,
    /// Whether there is one that was given up, whatever is asked for.
    pub any_failed: bool,
}

pub async fn inbox(staff: &StaffActor, deps: &Deps, query: &Query) -> Result<Page> {
    staff.require(StaffRight::BillingRead)?;
    let mut transaction = staff.begin_reading(deps).await?;
    let types = types(&mut transaction).await?;
    let any_failed =
        sqlx::query_scalar!(r#"select exists (select from billing_payment_events where status = 'failed') as "any!""#)
            .fetch_one(&mut *transaction)
            .await?;
    let tenant = match &query.organization {
        None => None,
        Some(organization) => match named(&mut transaction, organization).await? {
            Some(tenant) => Some(tenant),
            // Nobody's messages.
            None => {
                return Ok(Page {
                    events: Vec::new(),
                    older: None,
                    types,
                    any_failed,
                });
            }
        },
    };
    let mut events = found(&mut transaction, query, tenant).await?;
    end_of_reading(transaction);
    let more = events.len() > PAGE_SIZE;
    events.truncate(PAGE_SIZE);
    Ok(Page {
        older: events.last().filter(|_| more).map(|last| last.id),
        events,
        types,
        any_failed,
    })
}

async fn found(transaction: &mut Transaction, query: &Query, tenant: Option<TenantId>) -> Result<Vec<Event>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select e.id, e.event_type, e.status, e.about_tenant, t.name as "organization?", e.received_at, e.attempts,
            e.last_error, e.next_attempt_at, e.diverged_at is not null as "diverged!"
        from billing_payment_events e left join tenants t on t.id = e.about_tenant and t.deleted_at is null
        where ($1::text is null or e.status = $1) and ($2::text is null or e.event_type = $2)
            and ($3::uuid is null or e.about_tenant = $3)
            and ($4::uuid is null or (e.received_at, e.id) < (
                select c.received_at, c.id from billing_payment_events c where c.id = $4
            ))
        order by e.received_at desc, e.id desc limit $5"#,
        query.status.map(EventStatus::key),
        query.event_type,
        tenant.map(|tenant| tenant.0),
        query.before.map(|event| event.0),
        i64::try_from(PAGE_SIZE + 1).map_err(Error::fault)?,
    )
    .fetch_all(&mut **transaction)
    .await?;
    rows.into_iter().map(Event::try_from).collect()
}

/// An event as its row tells it.
pub(super) struct Row {
    pub id: Uuid,
    pub event_type: String,
    pub status: String,
    pub about_tenant: Option<Uuid>,
    pub organization: Option<String>,
    pub received_at: DateTime<Utc>,
    pub attempts: i32,
    pub last_error: Option<String>,
    pub next_attempt_at: DateTime<Utc>,
    pub diverged: bool,
}

impl TryFrom<Row> for Event {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        let status = EventStatus::from_key(&row.status).ok_or_else(|| Error::fault("unknown status"))?;
        Ok(Self {
            id: row.id.into(),
            event_type: row.event_type,
            status,
            tenant: row.about_tenant.map(TenantId),
            organization: row.organization,
            received_at: row.received_at,
            attempts: u32::try_from(row.attempts).map_err(Error::fault)?,
            last_error: row.last_error,
            next_attempt_at: (status == EventStatus::Received).then_some(row.next_attempt_at),
            diverged: row.diverged,
        })
    }
}

/// Every type there is, from one to the next through their index: of millions of messages only as many are looked at.
async fn types(transaction: &mut Transaction) -> Result<Vec<String>> {
    let types = sqlx::query_scalar!(
        r#"with recursive types as (
            (select event_type from billing_payment_events order by event_type limit 1)
            union all
            select (select e.event_type from billing_payment_events e where e.event_type > t.event_type
                order by e.event_type limit 1)
            from types t where t.event_type is not null
        )
        select event_type as "event_type!" from types where event_type is not null limit $1"#,
        TYPES,
    )
    .fetch_all(&mut **transaction)
    .await?;
    Ok(types)
}

async fn named(transaction: &mut Transaction, organization: &str) -> Result<Option<TenantId>> {
    if let Ok(id) = organization.parse::<Uuid>() {
        return Ok(Some(id.into()));
    }
    let tenant = sqlx::query_scalar!(
        "select tenant_id from tenant_slugs where slug = $1::text::citext",
        organization,
    )
    .fetch_optional(&mut **transaction)
    .await?;
    Ok(tenant.map(TenantId))
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use contract::staff::StaffRole;

    use super::*;
    use crate::{
        billing::{
            events::settle::settle,
            provider::WebhookKind,
            testing::{Script, headers, subscription, told},
        },
        testing::{TestDatabase, clock_and_deps, organization, person, staff},
    };

    fn told_of(page: &Page) -> Vec<(EventStatus, Option<&str>)> {
        page.events
            .iter()
            .map(|event| (event.status, event.organization.as_deref()))
            .collect()
    }

    #[tokio::test]
    async fn finds_by_status_type_and_organization_and_goes_on_where_a_page_ends() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let (script, deps) = Script::begin(&database, deps).await;
        let platform = database.platform();
        let sue = staff(&database, &deps, "sue", StaffRole::Auditor).await;
        let one = script
            .send(&platform, &deps, "1", told(subscription(acme.tenant().id, "one")))
            .await;
        settle(&platform, &deps, one).await.unwrap();
        clock.advance(TimeDelta::seconds(1));
        let other = script.send(&platform, &deps, "2", WebhookKind::Other).await;
        settle(&platform, &deps, other).await.unwrap();
        clock.advance(TimeDelta::seconds(1));
        crate::billing::events::receive::receive(&platform, &deps, headers("3"), b"no JSON")
            .await
            .unwrap();

        let of = async |query: Query| inbox(&sue, &deps, &query).await.unwrap();
        let all = of(Query::default()).await;
        assert_eq!(
            told_of(&all),
            [
                (EventStatus::Received, None),
                (EventStatus::Ignored, None),
                (EventStatus::Processed, Some("acme"))
            ]
        );
        assert!(all.types.contains(&"subscription.updated".to_owned()) && !all.any_failed);
        let ignored = Query {
            status: Some(EventStatus::Ignored),
            ..Query::default()
        };
        assert_eq!(of(ignored).await.events.len(), 1);
        for (organization, found) in [
            ("acme".to_owned(), 1),
            ("ACME".to_owned(), 1),
            (acme.tenant().id.to_string(), 1),
            ("nobody".to_owned(), 0),
        ] {
            let query = Query {
                organization: Some(organization.clone()),
                ..Query::default()
            };
            assert_eq!(of(query).await.events.len(), found, "{organization}");
        }
        let none = Query {
            event_type: Some("order.paid".to_owned()),
            ..Query::default()
        };
        assert_eq!(of(none).await.events, []);

        sqlx::query(
            "insert into billing_payment_events (id, provider, message_id, event_type, payload, payload_hash, received_at, status, \
                 next_attempt_at) \
             select gen_random_uuid(), 'polar', 'm' || n, 'order.paid', '', '', '2026-01-01', 'failed', '2026-01-01' \
             from generate_series(1, 52) n",
        )
        .execute(database.owner())
        .await
        .unwrap();
        let mut paid = Query {
            event_type: Some("order.paid".to_owned()),
            status: Some(EventStatus::Failed),
            ..Query::default()
        };
        let first = of(paid.clone()).await;
        assert!(first.any_failed);
        paid.before = first.older;
        let second = of(paid).await;
        let mut ids: Vec<_> = first
            .events
            .iter()
            .chain(&second.events)
            .map(|event| event.id)
            .collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(
            (ids.len(), second.older),
            (52, None),
            "each once, though all came at one instant"
        );
    }
}
