//! Who belongs to an organization, and on which devices they were lately.

use chrono::{DateTime, Utc};
use contract::{
    iam::MemberType,
    ids::{TenantId, UserId},
    people::MemberStatus,
};

use crate::{Deps, Error, Result, actor::SESSION_IDLE, database::Transaction};

/// People on the page of an organization, its owners first. All of them are found in the list of people.
const SHOWN: i64 = 50;
/// Devices there.
const DEVICES: i64 = 10;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Members {
    pub shown: Vec<Member>,
    /// How many there are, the rest included.
    pub count: u32,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    pub user: UserId,
    pub name: String,
    pub email: String,
    pub role: String,
    pub member_type: MemberType,
    pub status: MemberStatus,
    /// Whether their whole account rests, not only their place here.
    pub account_rests: bool,
    /// `None` for who is not signed in anywhere.
    pub last_seen: Option<DateTime<Utc>>,
}

/// Somebody at a browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    pub user: UserId,
    pub name: String,
    pub user_agent: String,
    pub address: String,
    pub last_seen: DateTime<Utc>,
}

pub(super) async fn members(transaction: &mut Transaction, tenant: TenantId) -> Result<Members> {
    let rows = sqlx::query!(
        r#"select u.id, u.name, u.email::text as "email!", u.status <> 'active' as "account_rests!", r.name as role,
            m.member_type, m.status,
            (select max(s.last_seen_at) from user_sessions s where s.user_id = u.id) as last_seen,
            count(*) over () as "count!"
        from tenant_members m
        join users u on u.id = m.user_id
        join iam_roles r on r.tenant_id = m.tenant_id and r.id = m.role_id
        where m.tenant_id = $1
        order by (r.key = 'owner') desc, m.joined_at, m.user_id limit $2"#,
        tenant.0,
        SHOWN,
    )
    .fetch_all(&mut **transaction)
    .await?;
    let count = rows.first().map_or(0, |row| row.count);
    let shown = rows
        .into_iter()
        .map(|row| {
            Ok(Member {
                user: row.id.into(),
                name: row.name,
                email: row.email,
                role: row.role,
                member_type: MemberType::from_key(&row.member_type).ok_or_else(|| Error::fault("unknown type"))?,
                status: MemberStatus::from_key(&row.status).ok_or_else(|| Error::fault("unknown status"))?,
                account_rests: row.account_rests,
                last_seen: row.last_seen,
            })
        })
        .collect::<Result<_>>()?;
    Ok(Members {
        shown,
        count: u32::try_from(count).map_err(Error::fault)?,
    })
}

/// Alive, the last used first.
pub(super) async fn devices(transaction: &mut Transaction, deps: &Deps, tenant: TenantId) -> Result<Vec<Device>> {
    let now = deps.now();
    let devices = sqlx::query_as!(
        Device,
        "select u.id as user, u.name, s.user_agent, s.address, s.last_seen_at as last_seen \
         from tenant_members m join user_sessions s on s.user_id = m.user_id join users u on u.id = m.user_id \
         where m.tenant_id = $1 and s.expires_at > $2 and s.last_seen_at > $3 \
         order by s.last_seen_at desc, s.id limit $4",
        tenant.0,
        now,
        now - SESSION_IDLE,
        DEVICES,
    )
    .fetch_all(&mut **transaction)
    .await?;
    Ok(devices)
}
