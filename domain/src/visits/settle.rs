//! What time, and the loss of somebody's place, do to visits; and what an organization's end of one leaves to be recorded.

use chrono::{DateTime, Utc};
use contract::{ids::VisitId, visits::VisitEnd};
use uuid::Uuid;

use super::end::{self, Closed, Ending};
use crate::{Deps, Error, Result, actor::RequestInfo, database::PlatformDatabase};

/// Visits in one run.
const BATCH: i64 = 500;

struct Unsettled {
    id: Uuid,
    tenant_id: Uuid,
    organization: String,
    operator_id: Uuid,
    subject_id: Uuid,
    ended_at: Option<DateTime<Utc>>,
    end_cause: Option<String>,
    ended_by: Option<Uuid>,
    operator_there: bool,
}

/// Harmless to repeat, and to run twice at once.
pub async fn settle(platform: &PlatformDatabase, deps: &Deps) -> Result<()> {
    let visits = sqlx::query_scalar!(
        "select v.id from platform_impersonation_sessions v
        where (v.ended_at is null and (
                v.expires_at <= $1
                or not exists (select from platform_role_assignments a where a.user_id = v.operator_id and a.revoked_at is null)
                or not exists (select from user_sessions s where s.id = v.operator_session_id)
                or not exists (
                    select from tenant_members m join users u on u.id = m.user_id
                    where m.tenant_id = v.tenant_id and m.user_id = v.subject_id and m.status = 'active'
                        and u.status = 'active' and u.deleted_at is null
                )
            )) or (v.ended_at is not null and not v.end_recorded)
        order by v.expires_at limit $2",
        deps.now(),
        BATCH,
    )
    .fetch_all(platform.pool())
    .await?;
    for visit in visits {
        settle_one(platform, deps, visit.into()).await?;
    }
    Ok(())
}

async fn settle_one(platform: &PlatformDatabase, deps: &Deps, visit: VisitId) -> Result<()> {
    let mut transaction = platform.begin().await?;
    let row = sqlx::query_as!(
        Unsettled,
        r#"select v.id, v.tenant_id, v.organization, v.operator_id, v.subject_id, v.ended_at, v.end_cause, v.ended_by,
            (exists (
                select from platform_role_assignments a where a.user_id = v.operator_id and a.revoked_at is null
            ) and exists (select from user_sessions s where s.id = v.operator_session_id)) as "operator_there!"
        from platform_impersonation_sessions v
        where v.id = $1 and not (v.ended_at is not null and v.end_recorded) for update"#,
        visit.0,
    )
    .fetch_optional(&mut *transaction)
    .await?;
    let Some(row) = row else {
        transaction.rollback().await?;
        return Ok(());
    };
    let request = RequestInfo::default();
    if row.ended_at.is_some() {
        end::recorded(&mut transaction, visit).await?;
        row.closed()?.record_own(&mut transaction, deps, &request).await?;
    } else {
        let past = sqlx::query_scalar!(
            r#"select expires_at <= $2 as "past!" from platform_impersonation_sessions where id = $1"#,
            visit.0,
            deps.now(),
        )
        .fetch_one(&mut *transaction)
        .await?;
        let cause = match (row.operator_there, past) {
            (false, _) => VisitEnd::OperatorGone,
            (true, true) => VisitEnd::Expired,
            (true, false) => VisitEnd::SubjectGone,
        };
        let ending = Ending {
            visit,
            end: cause,
            by: None,
            recorded: true,
        };
        if let Some(closed) = end::end(&mut transaction, deps, ending).await? {
            closed.record(&mut transaction, deps, &request).await?;
        }
    }
    transaction.commit().await?;
    Ok(())
}

impl Unsettled {
    /// One that the organization has ended.
    fn closed(self) -> Result<Closed> {
        let end = self.end_cause.as_deref().and_then(VisitEnd::from_key);
        Ok(Closed {
            visit: self.id.into(),
            tenant: self.tenant_id.into(),
            operator: self.operator_id.into(),
            subject: self.subject_id.into(),
            organization: self.organization,
            end: end.ok_or_else(|| Error::fault("a visit that ended for no reason"))?,
            by: self.ended_by.map(Into::into),
        })
    }
}
