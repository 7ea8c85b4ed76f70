//! What an organization reads about the visits it had.

use contract::{iam::Permission, ids::VisitId};

use super::model::{Detail, Visited, detail, visits};
use crate::{Deps, Result, actor::OrgActor};

/// How many visits the page shows.
const SHOWN: i64 = 100;

/// The latest first.
pub async fn list(org: &OrgActor, deps: &Deps) -> Result<Vec<Visited>> {
    org.require(Permission::AuditRead)?;
    let mut transaction = org.begin(deps).await?;
    let rows = visits!(
        "where v.tenant_id = $1
        order by v.created_at desc, v.id desc limit $2",
        org.tenant().id.0,
        SHOWN,
    )
    .fetch_all(&mut *transaction)
    .await?;
    rows.into_iter().map(|row| row.visited(deps.now())).collect()
}

/// One of them, and what was done in it.
pub async fn get(org: &OrgActor, deps: &Deps, visit: VisitId) -> Result<Detail> {
    org.require(Permission::AuditRead)?;
    let mut transaction = org.begin(deps).await?;
    let row = visits!("where v.tenant_id = $1 and v.id = $2", org.tenant().id.0, visit.0)
        .fetch_optional(&mut *transaction)
        .await?
        .ok_or(contract::Error::NotFound)?;
    detail(&mut transaction, row.visited(deps.now())?).await
}
