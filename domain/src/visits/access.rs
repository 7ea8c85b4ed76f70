//! What an organization reads about the visits it had.

use contract::{iam::Permission, ids::VisitId};

use super::model::{Detail, Row, Visited, detail};
use crate::{Deps, Result, actor::OrgActor};

/// How many visits the page shows.
const SHOWN: i64 = 100;

/// The latest first.
pub async fn list(org: &OrgActor, deps: &Deps) -> Result<Vec<Visited>> {
    org.require(Permission::AuditRead)?;
    let mut transaction = org.begin(deps).await?;
    let rows = sqlx::query_as!(
        Row,
        r#"select v.id, v.tenant_id, v.organization, v.operator_id, o.name as operator_name, v.subject_id, u.name as subject_name,
            v.mode, v.reason, v.ticket, v.created_at, v.expires_at, v.ended_at, v.end_cause, b.name as "ended_by?"
        from platform_impersonation_sessions v
        join users o on o.id = v.operator_id join users u on u.id = v.subject_id left join users b on b.id = v.ended_by
        where v.tenant_id = $1
        order by v.created_at desc, v.id desc limit $2"#,
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
    let row = sqlx::query_as!(
        Row,
        r#"select v.id, v.tenant_id, v.organization, v.operator_id, o.name as operator_name, v.subject_id, u.name as subject_name,
            v.mode, v.reason, v.ticket, v.created_at, v.expires_at, v.ended_at, v.end_cause, b.name as "ended_by?"
        from platform_impersonation_sessions v
        join users o on o.id = v.operator_id join users u on u.id = v.subject_id left join users b on b.id = v.ended_by
        where v.tenant_id = $1 and v.id = $2"#,
        org.tenant().id.0,
        visit.0,
    )
    .fetch_optional(&mut *transaction)
    .await?
    .ok_or(contract::Error::NotFound)?;
    detail(&mut transaction, row.visited(deps.now())?).await
}
