//! Who has to wait, where sign-ins fail in bursts, what is refused by the hundred, who is blocked, who was in two places at once, what
//! was used twice, and whose passkeys may have been copied.
//!
//! What it cannot see: a failed sign-in does not say whose account was meant (an address that was mistyped is nobody's business), so
//! that bursts are told by the client's address alone, and a lockout by a hash. Two addresses within minutes are a phone that leaves
//! the office as well as a password that was stolen: they are a reason to look, and no proof.

use chrono::{DateTime, TimeDelta, Utc};
use contract::{
    ids::{SessionId, UserId},
    staff::StaffRight,
};

use crate::{
    Deps, Result,
    actor::StaffActor,
    database::Transaction,
    throttle::{self, Policy},
};

/// How far back is looked.
pub const WINDOW: TimeDelta = TimeDelta::hours(24);

/// Failed sign-ins from one address that are told of.
pub const BURST: i64 = 10;

/// Two sign-ins of one person from different addresses within this are told of.
pub const FAR_APART: TimeDelta = TimeDelta::minutes(10);

/// Of each at most so many.
const MOST: i64 = 50;

#[derive(Debug)]
pub struct Report {
    /// Who waits longest first.
    pub lockouts: Vec<Lockout>,
    /// The most failures first.
    pub bursts: Vec<Burst>,
    /// By what is refused to most.
    pub storms: Vec<Storm>,
    /// Those that last longest first.
    pub blocked: Vec<BlockedAddress>,
    /// The newest first.
    pub far_apart: Vec<FarApart>,
    /// The newest first.
    pub reused: Vec<Reused>,
    /// The newest first.
    pub copies: Vec<CopiedPasskey>,
}

#[derive(Debug)]
pub struct Lockout {
    pub policy: String,
    pub key: Vec<u8>,
    pub attempts: i32,
    pub since: DateTime<Utc>,
    pub until: DateTime<Utc>,
}

#[derive(Debug)]
pub struct Burst {
    pub address: String,
    pub failures: i64,
    pub first: DateTime<Utc>,
    pub last: DateTime<Utc>,
}

#[derive(Debug)]
pub struct Storm {
    pub policy: String,
    pub waiting: i64,
    pub attempts: i64,
}

#[derive(Debug)]
pub struct BlockedAddress {
    /// As the throttles count it.
    pub address: String,
    pub reason: String,
    /// Who did it.
    pub by: String,
    pub until: DateTime<Utc>,
}

/// What was good once, and was brought again: of one person, kind by kind.
#[derive(Debug)]
pub struct Reused {
    pub user: UserId,
    pub name: String,
    pub email: String,
    /// `magic_link`, `reset_password`, `verify_email`, `resume_account`, `app_code`, `recovery_code` or `support_ticket`.
    pub kind: String,
    pub times: i64,
    /// From where it was brought, the last time.
    pub address: String,
    pub at: DateTime<Utc>,
    pub sessions: i64,
}

/// Somebody who signed in from two addresses, or whose session was used from them: the last time.
#[derive(Debug)]
pub struct FarApart {
    pub user: UserId,
    pub name: String,
    pub email: String,
    /// The one that was used from both, while it lives.
    pub session: Option<SessionId>,
    pub first_address: String,
    pub second_address: String,
    pub first: DateTime<Utc>,
    pub second: DateTime<Utc>,
    /// How often in all.
    pub times: i64,
    pub sessions: i64,
}

/// A passkey that was refused because its count of signatures had gone back.
#[derive(Debug)]
pub struct CopiedPasskey {
    pub user: UserId,
    pub name: String,
    pub email: String,
    pub address: String,
    pub at: DateTime<Utc>,
    pub sessions: i64,
}

/// Lockouts of one policy, where it is named.
pub async fn report(staff: &StaffActor, deps: &Deps, policy: Option<&str>) -> Result<Report> {
    staff.require(StaffRight::SecurityRead)?;
    let now = deps.now();
    let mut transaction = staff.begin_reading(deps).await?;
    Ok(Report {
        lockouts: lockouts(&mut transaction, now, policy).await?,
        bursts: bursts(&mut transaction, now).await?,
        storms: storms(&mut transaction, now).await?,
        blocked: blocked(&mut transaction, now).await?,
        far_apart: far_apart(&mut transaction, now).await?,
        reused: reused(&mut transaction, now).await?,
        copies: copies(&mut transaction, now).await?,
    })
}

/// Under which keys an account, by its address, or a client is counted: to find one among the lockouts.
pub fn keys_of(text: &str) -> Vec<Vec<u8>> {
    let text = text.trim();
    let subjects = [text.to_ascii_lowercase(), throttle::client(text)];
    Policy::ALL
        .iter()
        .flat_map(|policy| subjects.iter().map(|subject| throttle::key(*policy, subject).to_vec()))
        .collect()
}

async fn lockouts(transaction: &mut Transaction, now: DateTime<Utc>, policy: Option<&str>) -> Result<Vec<Lockout>> {
    let rows = sqlx::query_as!(
        Lockout,
        r#"select policy, key, attempts, window_started_at as since, blocked_until as "until!"
        from rate_limits where blocked_until > $1 and ($3::text is null or policy = $3)
        order by blocked_until desc, policy, key limit $2"#,
        now,
        MOST,
        policy.map(|policy| policy.replace('\0', "")),
    )
    .fetch_all(&mut **transaction)
    .await?;
    Ok(rows)
}

async fn bursts(transaction: &mut Transaction, now: DateTime<Utc>) -> Result<Vec<Burst>> {
    let rows = sqlx::query_as!(
        Burst,
        r#"select address as "address!", count(*) as "failures!", min(occurred_at) as "first!", max(occurred_at) as "last!"
        from audit_log
        where tenant_id = '00000000-0000-0000-0000-000000000000' and action = 'user.sign_in_failed'
            and occurred_at > $1 and address is not null
        group by address having count(*) >= $2
        order by count(*) desc, address limit $3"#,
        now - WINDOW,
        BURST,
        MOST,
    )
    .fetch_all(&mut **transaction)
    .await?;
    Ok(rows)
}

async fn storms(transaction: &mut Transaction, now: DateTime<Utc>) -> Result<Vec<Storm>> {
    let rows = sqlx::query_as!(
        Storm,
        r#"select policy, count(*) as "waiting!", sum(attempts)::bigint as "attempts!"
        from rate_limits where blocked_until > $1 group by policy order by count(*) desc, policy"#,
        now,
    )
    .fetch_all(&mut **transaction)
    .await?;
    Ok(rows)
}

async fn blocked(transaction: &mut Transaction, now: DateTime<Utc>) -> Result<Vec<BlockedAddress>> {
    let rows = sqlx::query_as!(
        BlockedAddress,
        r#"select b.address, b.reason, u.name as by, b.blocked_until as until
        from blocked_addresses b join users u on u.id = b.blocked_by
        where b.blocked_until > $1 order by b.blocked_until desc, b.address limit $2"#,
        now,
        MOST,
    )
    .fetch_all(&mut **transaction)
    .await?;
    Ok(rows)
}

/// By whose it was: of a ticket that another of the staff has brought, it is not theirs.
async fn reused(transaction: &mut Transaction, now: DateTime<Utc>) -> Result<Vec<Reused>> {
    let rows = sqlx::query_as!(
        Reused,
        r#"select u.id as user, u.name, u.email::text as "email!", a.after ->> 'kind' as "kind!", count(*) as "times!",
            (array_agg(coalesce(a.address, '') order by a.occurred_at desc, a.id desc))[1] as "address!", max(a.occurred_at) as "at!",
            (select count(*) from user_sessions s where s.user_id = u.id and s.expires_at > $2) as "sessions!"
        from audit_log a join users u on u.id = a.subject_id and u.deleted_at is null
        where a.tenant_id = '00000000-0000-0000-0000-000000000000' and a.action = 'user.token_reused' and a.occurred_at > $1
            and a.after ->> 'kind' is not null
        group by u.id, a.after ->> 'kind'
        order by max(a.occurred_at) desc, u.id limit $3"#,
        now - WINDOW,
        now,
        MOST,
    )
    .fetch_all(&mut **transaction)
    .await?;
    Ok(rows)
}

/// Each sign-in beside the one before it of the same person, and each session that was used from two places. Of one person the
/// newest, so that nobody pushes others off the list.
async fn far_apart(transaction: &mut Transaction, now: DateTime<Utc>) -> Result<Vec<FarApart>> {
    let rows = sqlx::query!(
        r#"with signed_in as (
            select actor_user_id, occurred_at, address,
                lag(occurred_at) over person as before_at, lag(address) over person as before_address
            from audit_log
            where tenant_id = '00000000-0000-0000-0000-000000000000' and action = 'user.signed_in' and occurred_at > $1
            window person as (partition by actor_user_id order by occurred_at, id)
        ), places as (
            select actor_user_id, null::uuid as session_id, before_at, before_address, occurred_at, address
            from signed_in where address <> before_address and occurred_at - before_at <= $3
            union all
            select actor_user_id, subject_id, (before ->> 'seen_at')::timestamptz, before ->> 'address', occurred_at, address
            from audit_log
            where tenant_id = '00000000-0000-0000-0000-000000000000' and action = 'session.moved' and occurred_at > $1
                and before is not null and address is not null
        ), newest as (
            select distinct on (actor_user_id) *, count(*) over (partition by actor_user_id) as times
            from places order by actor_user_id, occurred_at desc, session_id
        )
        select u.id, u.name, u.email::text as "email!", p.before_address as "first_address!", p.address as "second_address!",
            p.before_at as "first!", p.occurred_at as "second!", p.times as "times!",
            (select x.id from user_sessions x where x.id = p.session_id and x.expires_at > $2) as session,
            (select count(*) from user_sessions x where x.user_id = u.id and x.expires_at > $2) as "sessions!"
        from newest p join users u on u.id = p.actor_user_id and u.deleted_at is null
        order by p.occurred_at desc, u.id limit $4"#,
        now - WINDOW,
        now,
        sqlx::postgres::types::PgInterval::try_from(FAR_APART).map_err(crate::Error::fault)?,
        MOST,
    )
    .fetch_all(&mut **transaction)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| FarApart {
            user: row.id.into(),
            name: row.name,
            email: row.email,
            session: row.session.map(SessionId),
            first_address: row.first_address,
            second_address: row.second_address,
            first: row.first,
            second: row.second,
            times: row.times,
            sessions: row.sessions,
        })
        .collect())
}

async fn copies(transaction: &mut Transaction, now: DateTime<Utc>) -> Result<Vec<CopiedPasskey>> {
    let copies = sqlx::query_as!(
        CopiedPasskey,
        r#"select u.id as user, u.name, u.email::text as "email!", coalesce(a.address, '') as "address!", a.occurred_at as at,
            (select count(*) from user_sessions s where s.user_id = u.id and s.expires_at > $2) as "sessions!"
        from audit_log a join users u on u.id = a.actor_user_id and u.deleted_at is null
        where a.tenant_id = '00000000-0000-0000-0000-000000000000' and a.action = 'user.passkey_copied' and a.occurred_at > $1
        order by a.occurred_at desc, a.id limit $3"#,
        now - WINDOW,
        now,
        MOST,
    )
    .fetch_all(&mut **transaction)
    .await?;
    Ok(copies)
}

#[cfg(test)]
mod tests;
