//! One visit and what was done in it.

use contract::{ids::VisitId, staff::StaffRight};

use super::model::{Detail, Row, detail};
use crate::{Deps, Result, actor::StaffActor};

pub async fn get(staff: &StaffActor, deps: &Deps, visit: VisitId) -> Result<Detail> {
    staff.require(StaffRight::VisitsRead)?;
    let mut transaction = staff.begin_reading(deps).await?;
    let row = sqlx::query_as!(
        Row,
        r#"select v.id, v.tenant_id, v.organization, v.operator_id, o.name as operator_name, v.subject_id, u.name as subject_name,
            v.mode, v.reason, v.ticket, v.created_at, v.expires_at, v.ended_at, v.end_cause, b.name as "ended_by?"
        from platform_impersonation_sessions v
        join users o on o.id = v.operator_id join users u on u.id = v.subject_id left join users b on b.id = v.ended_by
        where v.id = $1"#,
        visit.0,
    )
    .fetch_optional(&mut *transaction)
    .await?
    .ok_or(contract::Error::NotFound)?;
    detail(&mut transaction, row.visited(deps.now())?).await
}
