//! Where ours and the provider's differ, over all organizations, the oldest first, a page at a time.

use chrono::{DateTime, Utc};
use contract::{ids::TenantId, staff::StaffRight};

use crate::{Deps, Error, Result, actor::StaffActor, billing::drifts::DriftKind, database::end_of_reading};

/// Differences on a page.
pub const PAGE_SIZE: usize = 50;

/// What is not said is not asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Query {
    pub kind: Option<DriftKind>,
    /// The last of the page before this one.
    pub after: Option<Place>,
}

/// Where a difference stands in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub found_at: DateTime<Utc>,
    pub tenant: TenantId,
    pub kind: DriftKind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    pub tenant: TenantId,
    pub name: String,
    pub slug: String,
    pub kind: DriftKind,
    pub ours: String,
    pub theirs: String,
    pub found_at: DateTime<Utc>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    pub drifts: Vec<Open>,
    pub next: Option<Place>,
}

pub async fn list(staff: &StaffActor, deps: &Deps, query: &Query) -> Result<Page> {
    staff.require(StaffRight::BillingRead)?;
    let mut transaction = staff.begin_reading(deps).await?;
    let rows = sqlx::query!(
        r#"select d.tenant_id, t.name, t.slug::text as "slug!", d.kind, d.expected, d.actual, d.found_at
        from billing_drifts d join tenants t on t.id = d.tenant_id and t.deleted_at is null
        where d.resolved_at is null and ($1::text is null or d.kind = $1)
            and ($2::timestamptz is null or (d.found_at, d.tenant_id, d.kind) > ($2, $3, $4))
        order by d.found_at, d.tenant_id, d.kind limit $5"#,
        query.kind.map(DriftKind::key),
        query.after.map(|place| place.found_at),
        query.after.map(|place| place.tenant.0),
        query.after.map(|place| place.kind.key()),
        i64::try_from(PAGE_SIZE + 1).map_err(Error::fault)?,
    )
    .fetch_all(&mut *transaction)
    .await?;
    end_of_reading(transaction);
    let mut drifts = rows
        .into_iter()
        .map(|row| {
            Ok(Open {
                tenant: row.tenant_id.into(),
                name: row.name,
                slug: row.slug,
                kind: DriftKind::from_key(&row.kind).ok_or_else(|| Error::fault("unknown kind of a difference"))?,
                ours: row.expected,
                theirs: row.actual,
                found_at: row.found_at,
            })
        })
        .collect::<Result<Vec<_>>>()?;
    let more = drifts.len() > PAGE_SIZE;
    drifts.truncate(PAGE_SIZE);
    Ok(Page {
        next: drifts.last().filter(|_| more).map(|last| Place {
            found_at: last.found_at,
            tenant: last.tenant,
            kind: last.kind,
        }),
        drifts,
    })
}
