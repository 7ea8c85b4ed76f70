//! What follows from a message.

use chrono::TimeDelta;
use contract::ids::{PaymentEventId, TenantId};

use crate::{
    Deps, Result,
    billing::{
        drifts::{
            DriftKind,
            note::{self, Drift},
        },
        provider::{CustomerId, WebhookKind},
        take_in, told,
    },
    database::{PlatformDatabase, Transaction},
    jobs::{self, settle_payment_event::SettlePaymentEvent},
    metrics,
};

/// How long is waited after each attempt, in seconds: about a day and a half in all. After the last one somebody has to look.
const BACKOFF: [i64; 8] = [10, 30, 120, 600, 1_800, 7_200, 28_800, 86_400];

/// How often is looked for whose it is. A message may overtake what makes its customer known.
const SOUGHT: i32 = 3;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Settled {
    Processed,
    /// Nothing follows from it.
    Ignored,
    /// It is tried again.
    Waiting(String),
    /// Given up.
    Failed(String),
    /// It was settled before, is being settled by somebody else, or is not there.
    Nothing,
}

/// How an attempt ended that did not fail.
enum Attempt {
    Processed,
    Ignored,
    Nothing,
    /// Nothing can be done yet.
    Later(String),
    /// Nothing can be done with it, also not later.
    Lasting(String),
}

/// How an attempt failed.
struct Failure {
    reason: String,
    /// Whose it is, if it came as far as that.
    about: Option<TenantId>,
    /// It fails at any other time as well.
    lasting: bool,
}

/// At most one at a time settles an event. What fails leaves nothing but the note that it did.
pub(crate) async fn settle(platform: &PlatformDatabase, deps: &Deps, event: PaymentEventId) -> Result<Settled> {
    let mut about = None;
    let (reason, lasting) = match attempt(platform, deps, event, &mut about).await {
        Ok(Attempt::Processed) => {
            metrics::payment_event_settled("processed");
            return Ok(Settled::Processed);
        }
        Ok(Attempt::Ignored) => {
            metrics::payment_event_settled("ignored");
            return Ok(Settled::Ignored);
        }
        Ok(Attempt::Nothing) => return Ok(Settled::Nothing),
        Ok(Attempt::Later(reason)) => (reason, false),
        Ok(Attempt::Lasting(reason)) => (reason, true),
        Err(error) => (error.to_string(), false),
    };
    metrics::payment_event_settled("failed");
    let failure = Failure { reason, about, lasting };
    note_failure(platform, deps, event, failure).await
}

/// The effect and the mark that it is there are one: what is lost of the one is lost of the other, and [`super::due`] finds it.
///
/// Whose it is is told also of what fails afterwards.
async fn attempt(
    platform: &PlatformDatabase,
    deps: &Deps,
    event: PaymentEventId,
    about: &mut Option<TenantId>,
) -> Result<Attempt> {
    let mut transaction = platform.begin_repeatable().await?;
    let row = sqlx::query!(
        "select status, event_type, payload, attempts from billing_payment_events where id = $1 for update skip locked",
        event.0,
    )
    .fetch_optional(&mut *transaction)
    .await?;
    // Asked for in the statement, the index of those that wait may be read from its beginning for each: in a backlog, all of it.
    let Some(row) = row.filter(|row| row.status == "received") else {
        transaction.rollback().await?;
        return Ok(Attempt::Nothing);
    };
    let told = match deps.payments.read_webhook(&row.payload) {
        Ok(told) => told.kind,
        Err(rejected) => {
            transaction.rollback().await?;
            return Ok(Attempt::Lasting(rejected.to_string()));
        }
    };
    if told == WebhookKind::Other {
        let reason = format!("nothing follows from {}", row.event_type);
        mark(&mut transaction, deps, event, None, Some(&reason)).await?;
        transaction.commit().await?;
        return Ok(Attempt::Ignored);
    }
    let reason = match whose(&mut transaction, deps, &told).await? {
        None => "whose it is is not known",
        Some(tenant) => {
            if take_in::hold(&mut transaction, tenant).await? {
                *about = Some(tenant);
                mark(&mut transaction, deps, event, Some(tenant), None).await?;
                act(&mut transaction, deps, tenant, &told).await?;
                transaction.commit().await?;
                return Ok(Attempt::Processed);
            }
            "its organization is not there"
        }
    };
    if row.attempts + 1 < SOUGHT {
        transaction.rollback().await?;
        return Ok(Attempt::Later(reason.to_owned()));
    }
    mark(&mut transaction, deps, event, None, Some(reason)).await?;
    transaction.commit().await?;
    Ok(Attempt::Ignored)
}

/// The organization whose customer pays goes before the one that somebody wrote into the metadata.
async fn whose(transaction: &mut Transaction, deps: &Deps, told: &WebhookKind) -> Result<Option<TenantId>> {
    let (named, customer) = match told {
        WebhookKind::Subscription(of) => (of.customer_tenant.or(of.tenant), Some(&of.customer)),
        WebhookKind::Order(of) => (of.customer_tenant.or(of.tenant), Some(&of.customer)),
        WebhookKind::Checkout(of) => (of.tenant, of.customer.as_ref()),
        WebhookKind::Customer(of) => (of.tenant, Some(&of.id)),
        WebhookKind::Other => (None, None),
    };
    match (named, customer) {
        (Some(tenant), _) => Ok(Some(tenant)),
        (None, Some(customer)) => of_customer(transaction, deps, customer).await,
        (None, None) => Ok(None),
    }
}

/// Of two that share a customer nobody can tell.
async fn of_customer(transaction: &mut Transaction, deps: &Deps, customer: &CustomerId) -> Result<Option<TenantId>> {
    let tenants = sqlx::query_scalar!(
        "select tenant_id from billing_customers where provider = $1 and provider_customer_id = $2 limit 2",
        deps.payments.name(),
        customer.as_str(),
    )
    .fetch_all(&mut **transaction)
    .await?;
    Ok(match tenants.as_slice() {
        [tenant] => Some(TenantId(*tenant)),
        _ => None,
    })
}

/// What one telling of the provider means for an organization whose row is held.
pub(crate) async fn act(
    transaction: &mut Transaction,
    deps: &Deps,
    tenant: TenantId,
    about: &WebhookKind,
) -> Result<()> {
    match about {
        WebhookKind::Subscription(subscription) => {
            if let (Some(written), Some(paying)) = (subscription.tenant, subscription.customer_tenant)
                && written != paying
            {
                let drift = Drift {
                    kind: DriftKind::OwnershipMismatch,
                    expected: paying.to_string(),
                    actual: written.to_string(),
                };
                note::open(transaction, deps, tenant, &drift).await?;
            }
            told::subscription(transaction, deps, tenant, subscription).await?;
        }
        WebhookKind::Order(order) => {
            take_in::order(transaction, deps, tenant, order).await?;
        }
        WebhookKind::Checkout(checkout) => {
            take_in::checkout(transaction, tenant, checkout).await?;
        }
        WebhookKind::Customer(customer) => {
            take_in::customer(transaction, deps, tenant, customer).await?;
        }
        WebhookKind::Other => {}
    }
    Ok(())
}

/// Settled: processed, or ignored for a reason.
async fn mark(
    transaction: &mut Transaction,
    deps: &Deps,
    event: PaymentEventId,
    about: Option<TenantId>,
    ignored: Option<&str>,
) -> Result<()> {
    sqlx::query!(
        "update billing_payment_events set status = case when $3::text is null then 'processed' else 'ignored' end, \
            about_tenant = $2, last_error = $3, attempts = attempts + 1, processed_at = $4 where id = $1",
        event.0,
        about.map(|tenant| tenant.0),
        ignored,
        deps.now(),
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

async fn note_failure(
    platform: &PlatformDatabase,
    deps: &Deps,
    event: PaymentEventId,
    failure: Failure,
) -> Result<Settled> {
    let Failure { reason, about, lasting } = failure;
    let mut transaction = platform.begin().await?;
    let attempts = sqlx::query_scalar!(
        "select attempts from billing_payment_events where id = $1 and status = 'received' for update",
        event.0,
    )
    .fetch_optional(&mut *transaction)
    .await?;
    let Some(attempts) = attempts else {
        transaction.rollback().await?;
        return Ok(Settled::Nothing);
    };
    let wait = usize::try_from(attempts)
        .ok()
        .and_then(|attempts| BACKOFF.get(attempts))
        .filter(|_| !lasting)
        .map(|seconds| TimeDelta::seconds(*seconds));
    sqlx::query!(
        "update billing_payment_events set attempts = attempts + 1, last_error = $2, next_attempt_at = $3, status = $4, \
            about_tenant = coalesce($5, about_tenant) where id = $1",
        event.0,
        reason,
        deps.now() + wait.unwrap_or_default(),
        if wait.is_some() { "received" } else { "failed" },
        about.map(|tenant| tenant.0),
    )
    .execute(&mut *transaction)
    .await?;
    if let Some(wait) = wait {
        let job = SettlePaymentEvent { event };
        jobs::enqueue_after(&mut transaction, &job, Some(&job.key()), wait).await?;
    }
    transaction.commit().await?;
    Ok(if wait.is_some() {
        Settled::Waiting(reason)
    } else {
        Settled::Failed(reason)
    })
}
