//! The drifts that are open.

use chrono::{DateTime, Utc};
use contract::ids::TenantId;

use crate::{Result, database::PlatformDatabase};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenDrift {
    pub tenant: TenantId,
    pub slug: String,
    /// The key of a [`super::DriftKind`].
    pub kind: String,
    pub expected: String,
    pub actual: String,
    pub found_at: DateTime<Utc>,
    pub seen_at: DateTime<Utc>,
}

/// For the operator. The oldest first, at most a thousand.
pub async fn list(platform: &PlatformDatabase) -> Result<Vec<OpenDrift>> {
    let rows = sqlx::query!(
        r#"select d.tenant_id, t.slug::text as "slug!", d.kind, d.expected, d.actual, d.found_at, d.seen_at
        from billing_drifts d join tenants t on t.id = d.tenant_id
        where d.resolved_at is null order by d.found_at, t.slug, d.kind limit 1000"#,
    )
    .fetch_all(platform.pool())
    .await?;
    let open = rows.into_iter().map(|row| OpenDrift {
        tenant: row.tenant_id.into(),
        slug: row.slug,
        kind: row.kind,
        expected: row.expected,
        actual: row.actual,
        found_at: row.found_at,
        seen_at: row.seen_at,
    });
    Ok(open.collect())
}
