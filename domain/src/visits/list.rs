//! Who visited whom, over all organizations, the newest first, a page at a time.

use contract::{
    ids::{TenantId, VisitId},
    staff::StaffRight,
};

use super::model::{Visited, visits};
use crate::{Deps, Result, actor::StaffActor};

/// Visits on a page.
pub const PAGE_SIZE: usize = 50;

/// Everything that is said must hold; nothing said is everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Whether it is going on.
    pub open: Option<bool>,
    pub tenant: Option<TenantId>,
    /// Part of a name: of the organization, the operator or the member.
    pub text: String,
}

/// What is part of a name, for `ilike`. Wildcards in it are taken as they are; nothing is everything.
pub(crate) fn pattern(text: &str) -> Option<String> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let mut pattern = String::from("%");
    for c in text.chars().filter(|c| !c.is_control()) {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    Some(pattern)
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    pub visits: Vec<Visited>,
    /// The page of older ones begins after this one.
    pub older: Option<VisitId>,
}

/// The visits before one, or the newest.
pub async fn list(staff: &StaffActor, deps: &Deps, filter: &Filter, before: Option<VisitId>) -> Result<Page> {
    staff.require(StaffRight::VisitsRead)?;
    let now = deps.now();
    let mut transaction = staff.begin_reading(deps).await?;
    let rows = visits!(
        "where ($1::bool is null or (v.ended_at is null and v.expires_at > $2) = $1)
            and ($3::uuid is null or v.tenant_id = $3)
            and ($4::text is null or v.organization ilike $4 or o.name ilike $4 or u.name ilike $4)
            and ($5::uuid is null or (v.created_at, v.id) < (
                select c.created_at, c.id from platform_impersonation_sessions c where c.id = $5
            ))
        order by v.created_at desc, v.id desc limit $6",
        filter.open,
        now,
        filter.tenant.map(|tenant| tenant.0),
        pattern(&filter.text),
        before.map(|visit| visit.0),
        i64::try_from(PAGE_SIZE + 1).unwrap_or(i64::MAX),
    )
    .fetch_all(&mut *transaction)
    .await?;
    let mut visits = rows
        .into_iter()
        .map(|row| row.visited(now))
        .collect::<Result<Vec<_>>>()?;
    let more = visits.len() > PAGE_SIZE;
    visits.truncate(PAGE_SIZE);
    Ok(Page {
        older: visits.last().filter(|_| more).map(|last| last.id),
        visits,
    })
}
