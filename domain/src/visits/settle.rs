//! What time, and the loss of somebody's place, do to visits; and what an organization's end of one leaves to be recorded.

use chrono::{DateTime, Utc};
use contract::{
    ids::VisitId,
    staff::{StaffRight, StaffRole},
    visits::VisitEnd,
};
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
    past: bool,
    /// Still of the staff who may visit, and signed in.
    operator_there: bool,
    subject_there: bool,
}

/// The roles in which somebody may visit.
fn visitors() -> Vec<String> {
    StaffRole::with(StaffRight::Impersonate)
        .map(|role| role.key().to_owned())
        .collect()
}

/// Harmless to repeat, and to run twice at once.
pub async fn settle(platform: &PlatformDatabase, deps: &Deps) -> Result<()> {
    let visits = sqlx::query_scalar!(
        "select v.id from platform_impersonation_sessions v
        where (v.ended_at is null and (
                v.expires_at <= $1
                or not exists (
                    select from platform_role_assignments a
                    where a.user_id = v.operator_id and a.revoked_at is null and a.role = any($3)
                )
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
        &visitors(),
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
            v.expires_at <= $2 as "past!",
            (exists (
                select from platform_role_assignments a
                where a.user_id = v.operator_id and a.revoked_at is null and a.role = any($3)
            ) and exists (select from user_sessions s where s.id = v.operator_session_id)) as "operator_there!",
            exists (
                select from tenant_members m join users u on u.id = m.user_id
                where m.tenant_id = v.tenant_id and m.user_id = v.subject_id and m.status = 'active'
                    and u.status = 'active' and u.deleted_at is null
            ) as "subject_there!"
        from platform_impersonation_sessions v
        where v.id = $1 and not (v.ended_at is not null and v.end_recorded) for update"#,
        visit.0,
        deps.now(),
        &visitors(),
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
        // Whatever it was found by may have passed while it was waited for.
        let Some(cause) = row.cause() else {
            transaction.rollback().await?;
            return Ok(());
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
    /// Why one that is open ends; `None` when it goes on.
    fn cause(&self) -> Option<VisitEnd> {
        match (self.operator_there, self.past, self.subject_there) {
            (false, ..) => Some(VisitEnd::OperatorGone),
            (true, true, _) => Some(VisitEnd::Expired),
            (true, false, false) => Some(VisitEnd::SubjectGone),
            (true, false, true) => None,
        }
    }

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{TestDatabase, deps, organization, person, staff, visit};

    #[tokio::test]
    async fn one_whose_reason_to_end_has_passed_goes_on() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let sue = staff(&database, &deps, "sue", StaffRole::Support).await;
        let (visit, _) = visit(&deps, &sue, &acme).await;
        let open = "platform_impersonation_sessions where ended_at is null";
        settle_one(&database.platform(), &deps, visit).await.unwrap();
        assert_eq!(database.count(open).await, 1);
        sqlx::query("update platform_role_assignments set role = 'auditor'")
            .execute(database.owner())
            .await
            .unwrap();
        settle_one(&database.platform(), &deps, visit).await.unwrap();
        assert_eq!(database.count(open).await, 0);
    }
}
