//! How fast the worker settles what the payment provider has told, from a backlog: as after hours in which it could not.

use std::{
    fs,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use serde_json::Value;
use sqlx::{Connection, PgConnection};

use super::database::Database;
use crate::progress::say;

/// How many messages wait.
pub const BACKLOG: i32 = 20_000;

/// What the provider sends, one of every kind.
const EXAMPLES: &str = "oracles/polar/webhooks.json";

/// How often is looked whether it is done.
const LOOK: Duration = Duration::from_millis(50);

const PATIENCE: Duration = Duration::from_mins(10);

/// Each tells an organization of another number of seats, more or fewer, and is newer than the one before, so that each has
/// something to change. All of them appear to the worker at once, with their jobs.
const STATEMENT: &str = "with many as (
        select count(*)::integer as organizations from tenants where slug like 'organization-%'
    ), message as materialized (
        select gen_random_uuid() as id, n, convert_to(jsonb_set($1::jsonb, '{data}', $1::jsonb->'data' || jsonb_build_object(
            'id', md5(t.id::text)::uuid,
            'seats', (n + 7 * (n / organizations)) % 20 + 1,
            'product_id', (select provider_product_id from plan_prices where plan_key = 'business' and billing_interval = 'month'
                and archived_at is null),
            'modified_at', to_char(now() at time zone 'utc' + make_interval(secs => n), 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'),
            'metadata', jsonb_build_object('tenant_id', t.id),
            'customer', $1::jsonb->'data'->'customer' || jsonb_build_object('external_id', t.id)
        ))::text, 'UTF8') as payload
        from generate_series(1, $2) n cross join many
        join tenants t on t.slug = format('organization-%s', n % organizations + 1)
    ), told as (
        insert into billing_payment_events (id, provider, message_id, event_type, payload, payload_hash, received_at, next_attempt_at)
        select id, 'polar', 'measured-' || n, 'subscription.updated', payload, sha256(payload), now(), now() from message
        returning id
    )
    select count(enqueue_job('settle_payment_event', json_build_object('event', id), null, 'settle_payment_event:' || id)::text)
    from told";

/// Settled in a second.
pub fn measure(database: &Database) -> Result<f64> {
    say(format_args!("settling {BACKLOG} payment webhooks"));
    let example = example()?;
    database.runtime().block_on(async {
        let mut connection = PgConnection::connect(&database.url).await?;
        let queued: i64 = sqlx::query_scalar(STATEMENT)
            .bind(example)
            .bind(BACKLOG)
            .fetch_one(&mut connection)
            .await?;
        if queued != i64::from(BACKLOG) {
            bail!("{queued} of {BACKLOG} webhooks have got a job");
        }
        let started = Instant::now();
        while is_waiting(&mut connection).await? {
            if started.elapsed() > PATIENCE {
                bail!(
                    "the webhooks were not settled within {} minutes",
                    PATIENCE.as_secs() / 60
                );
            }
            tokio::time::sleep(LOOK).await;
        }
        let took = started.elapsed();
        let settled = settled(&mut connection).await?;
        if settled != i64::from(BACKLOG) {
            bail!("{settled} of {BACKLOG} webhooks have had their effect: the figure would be of failures");
        }
        Ok(f64::from(BACKLOG) / took.as_secs_f64())
    })
}

/// By the index of those that wait: who looks must not cost what is measured.
async fn is_waiting(connection: &mut PgConnection) -> Result<bool> {
    let waiting = sqlx::query_scalar("select exists (select from billing_payment_events where status = 'received')");
    Ok(waiting.fetch_one(connection).await?)
}

async fn settled(connection: &mut PgConnection) -> Result<i64> {
    let counted = sqlx::query_scalar(
        "select count(*) from billing_payment_events where message_id like 'measured-%' and status = 'processed'",
    );
    Ok(counted.fetch_one(connection).await?)
}

fn example() -> Result<Value> {
    let examples: Value = serde_json::from_slice(&fs::read(EXAMPLES)?)?;
    let example = examples.get("subscription.updated").cloned();
    example.with_context(|| format!("{EXAMPLES} has no example of a subscription"))
}
