//! Taking a message of the provider.

use contract::ids::PaymentEventId;
use sha2::{Digest, Sha256};

use crate::{
    Deps, Result,
    billing::provider::{WebhookHeaders, WebhookRejected},
    database::PlatformDatabase,
    jobs::{self, settle_payment_event::SettlePaymentEvent},
    metrics,
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Received {
    /// It is kept, and will be settled.
    Stored(PaymentEventId),
    /// It was there already.
    Again,
    /// Another one was there under its id. The first stays the one that counts; this one is kept as evidence.
    Diverged,
    /// It is not the provider's, or not of these minutes.
    Refused(WebhookRejected),
}

impl Received {
    const fn outcome(&self) -> &'static str {
        match self {
            Self::Stored(_) => "stored",
            Self::Again => "again",
            Self::Diverged => "diverged",
            Self::Refused(_) => "refused",
        }
    }
}

/// Nothing follows from it yet. What the provider sent and we do not understand is kept as well.
pub async fn receive(
    platform: &PlatformDatabase,
    deps: &Deps,
    headers: WebhookHeaders<'_>,
    body: &[u8],
) -> Result<Received> {
    let received = keep(platform, deps, headers, body).await?;
    metrics::payment_event_received(received.outcome());
    Ok(received)
}

async fn keep(platform: &PlatformDatabase, deps: &Deps, headers: WebhookHeaders<'_>, body: &[u8]) -> Result<Received> {
    let now = deps.now();
    if let Err(rejected) = deps.payments.authenticate_webhook(headers, body, now) {
        return Ok(Received::Refused(rejected));
    }
    let event_type = match deps.payments.read_webhook(body) {
        Ok(event) => event.event_type,
        Err(WebhookRejected::NotUnderstood { event_type, .. }) => event_type,
        Err(_) => "unreadable".to_owned(),
    };
    let id: PaymentEventId = deps.id();
    let hash = Sha256::digest(body).to_vec();
    let mut transaction = platform.begin().await?;
    let stored = sqlx::query!(
        "insert into billing_payment_events (id, provider, message_id, event_type, payload, payload_hash, received_at, \
            next_attempt_at) values ($1, $2, $3, $4, $5, $6, $7, $7) on conflict (provider, message_id) do nothing",
        id.0,
        deps.payments.name(),
        headers.id,
        event_type,
        body,
        hash,
        now,
    )
    .execute(&mut *transaction)
    .await?;
    let received = if stored.rows_affected() == 1 {
        let job = SettlePaymentEvent { event: id };
        jobs::enqueue(&mut transaction, &job, Some(&job.key())).await?;
        Received::Stored(id)
    } else {
        let diverged = sqlx::query!(
            "update billing_payment_events set divergent_payload = coalesce(divergent_payload, $4), \
                diverged_at = coalesce(diverged_at, $5) \
             where provider = $1 and message_id = $2 and payload_hash <> $3",
            deps.payments.name(),
            headers.id,
            hash,
            body,
            now,
        )
        .execute(&mut *transaction)
        .await?;
        if diverged.rows_affected() == 1 {
            Received::Diverged
        } else {
            Received::Again
        }
    };
    transaction.commit().await?;
    if received == Received::Diverged {
        tracing::warn!(
            message = headers.id,
            event_type,
            "another message came under a known id"
        );
    }
    Ok(received)
}
