//! Some minutes in which a visit may change something.

use chrono::{DateTime, Utc};
use contract::{
    ids::{TenantId, VisitId},
    staff::StaffRight,
    visits::VisitMode,
};
use serde_json::json;

use super::end::tell;
use crate::{
    Deps, Result,
    actor::{StaffActor, VISIT_ELEVATED, Visit},
    audit::{Action, Entry, Origin},
    mail::VisitNews,
};

/// Until when the operator's open visit is elevated: ten minutes, and no longer than it lasts. In the session of the visit, with
/// a second factor that was proven a moment ago and since it began, whatever for: what has let the visit begin, or has elevated it
/// before, is used up. Who presses twice is told what the first press has come to, and nothing more is done. The owners and the
/// member are mailed the first time.
pub async fn elevate(staff: &StaffActor, deps: &Deps) -> Result<DateTime<Utc>> {
    staff.require(StaffRight::ImpersonateElevated)?;
    staff.require_fresh_factor(deps)?;
    let now = deps.now();
    let mut transaction = staff.begin(deps).await?;
    let open = sqlx::query!(
        "select id, tenant_id, subject_id, organization, created_at, expires_at, elevated_until
        from platform_impersonation_sessions
        where operator_id = $1 and operator_session_id = $2 and ended_at is null and expires_at > $3 for update",
        staff.id().0,
        staff.user().session().0,
        now,
    )
    .fetch_optional(&mut *transaction)
    .await?
    .ok_or(contract::Error::NotFound)?;
    let confirmed = confirms(staff.user().second_factor_at(), open.created_at, open.elevated_until);
    if let Some(until) = open.elevated_until
        && until > now
        && (!confirmed || until >= open.expires_at)
    {
        transaction.rollback().await?;
        return Ok(until);
    }
    if !confirmed {
        return Err(contract::Error::SecondFactorRequired.into());
    }
    let until = sqlx::query_scalar!(
        r#"update platform_impersonation_sessions
        set mode = 'elevated', elevated_until = least($2::timestamptz, expires_at)
        where id = $1
        returning elevated_until as "until!""#,
        open.id,
        now + VISIT_ELEVATED,
    )
    .fetch_one(&mut *transaction)
    .await?;
    let (visit, tenant): (VisitId, TenantId) = (open.id.into(), open.tenant_id.into());
    if open.elevated_until.is_none() {
        let subject = open.subject_id.into();
        tell(&mut transaction, tenant, subject, visit, VisitNews::Elevated).await?;
    }
    let entry = || {
        Entry::new(Action::VisitElevated, Origin::Impersonation, staff.user().request())
            .actor(staff.id())
            .on_behalf_of(open.subject_id.into())
            .subject(visit.0)
            .after(json!({
                "organization": open.organization, "mode": VisitMode::Elevated.key(), "expires_at": until,
            }))
    };
    entry().inside(tenant).write(&mut transaction, deps).await?;
    entry().write(&mut transaction, deps).await?;
    transaction.commit().await?;
    Ok(until)
}

/// Whether [`elevate`] gives further minutes, so that a page can ask for the proof first.
pub fn is_confirmed(staff: &StaffActor, deps: &Deps, visit: &Visit) -> bool {
    staff.has_fresh_factor(deps) && confirms(staff.user().second_factor_at(), visit.began(), visit.elevated_until())
}

/// Whether a second factor that was proven then has let through nothing of this visit yet.
fn confirms(proven: Option<DateTime<Utc>>, began: DateTime<Utc>, elevated_until: Option<DateTime<Utc>>) -> bool {
    // One that was cut short by the end of the visit began later than this: there is nothing to add to it.
    let used = elevated_until.map_or(began, |until| (until - VISIT_ELEVATED).max(began));
    proven.is_some_and(|proven| proven > used)
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use contract::staff::StaffRole;

    use super::*;
    use crate::{
        actor::VISIT_ABSOLUTE,
        testing::{TestDatabase, clock_and_deps, comes, organization, person, staff_session, visit},
    };

    #[test]
    fn a_proof_lets_through_one_thing() {
        let began = DateTime::UNIX_EPOCH;
        let at = |minutes| began + TimeDelta::minutes(minutes);
        assert!(!confirms(None, began, None));
        assert!(!confirms(Some(at(-1)), began, None), "what it began with");
        assert!(!confirms(Some(began), began, None));
        assert!(confirms(Some(at(1)), began, None));
        let elevated = Some(at(2) + VISIT_ELEVATED);
        assert!(!confirms(Some(at(1)), began, elevated), "what it was elevated with");
        assert!(confirms(Some(at(3)), began, elevated));
        // Within its last minutes: not even what has let it begin.
        assert!(!confirms(Some(began), began, Some(at(5))));
    }

    /// In the middle of a visit, and where its end cuts the minutes short.
    #[tokio::test]
    async fn who_presses_twice_is_told_until_when_and_it_is_done_once() {
        for into in [TimeDelta::minutes(1), VISIT_ABSOLUTE - TimeDelta::minutes(5)] {
            let database = TestDatabase::new().await;
            let (clock, deps) = clock_and_deps(&database);
            let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
            let session = staff_session(&database, &deps, "sue", StaffRole::Support).await;
            let sue = StaffActor::enter(&comes(&deps, &session).await).unwrap();
            visit(&deps, &sue, &acme).await;
            clock.advance(into);
            sqlx::query("update user_sessions set second_factor_at = $1, last_seen_at = $1")
                .bind(deps.now())
                .execute(database.owner())
                .await
                .unwrap();
            let sue = StaffActor::enter(&comes(&deps, &session).await).unwrap();
            let (one, other) = tokio::join!(elevate(&sue, &deps), elevate(&sue, &deps));
            let until = one.unwrap();
            assert_eq!(other.unwrap(), until, "{into}");
            clock.advance(TimeDelta::minutes(1));
            assert_eq!(elevate(&sue, &deps).await.unwrap(), until, "{into}");
            let told = "audit_log where action = 'visit.elevated'";
            assert_eq!(database.count(told).await, 2, "on both sides, once");
            let mails = "graphile_worker._private_jobs where key like 'mail:visit_elevated:%'";
            assert_eq!(database.count(mails).await, 1);
        }
    }
}
