//! What is given at the moment, and what one organization was ever given.

use chrono::{DateTime, Utc};
use contract::slug::Slug;

use super::OverrideKind;
use crate::{Deps, Error, Result, database::PlatformDatabase};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    pub slug: String,
    pub kind: OverrideKind,
    pub plan: String,
    pub reason: String,
    pub starts_at: DateTime<Utc>,
    pub expires_at: Option<DateTime<Utc>>,
    /// When it was taken back.
    pub ended_at: Option<DateTime<Utc>>,
}

/// Without an organization, what holds now in any of them; with one, all of its history. The newest first.
pub async fn list(platform: &PlatformDatabase, deps: &Deps, organization: Option<&Slug>) -> Result<Vec<Override>> {
    let rows = sqlx::query!(
        r#"select t.slug::text as "slug!", o.kind, o.plan_key, o.reason, o.starts_at, o.expires_at, o.ended_at
        from billing_overrides o join tenants t on t.id = o.tenant_id
        where case when $1::text is null then o.ended_at is null and (o.expires_at is null or o.expires_at > $2)
            else t.slug = $1::text::citext end
        order by o.starts_at desc, o.id"#,
        organization.map(Slug::as_str),
        deps.now(),
    )
    .fetch_all(platform.pool())
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Override {
                slug: row.slug,
                kind: OverrideKind::from_key(&row.kind).ok_or_else(|| Error::fault("unknown kind"))?,
                plan: row.plan_key,
                reason: row.reason,
                starts_at: row.starts_at,
                expires_at: row.expires_at,
                ended_at: row.ended_at,
            })
        })
        .collect()
}
