//! Coming in: the ticket is used up, and the browser gets a secret of its own.

use chrono::{DateTime, Utc};
use contract::{ids::SupportSessionId, staff::StaffRight};
use serde_json::json;

use super::{machine::Event, model, settle, tell::tell};
use crate::{
    Deps, OnConstraint, Result,
    actor::StaffActor,
    audit::{self, Action, Entry, Origin},
    identity::reuse,
    mail::SupportNews,
    random::{self, Secret},
    staff::hold::hold_own,
    visits::record::may_record_stray,
};

#[derive(Debug)]
pub struct Entered {
    /// For the cookie. Stored only as a hash.
    pub token: Secret,
    pub slug: String,
    pub until: DateTime<Utc>,
}

/// `None` when the ticket is wrong, used, too old or somebody else's, or its holder is in an organization already. One statement
/// decides and uses it up: of two who send it one comes in. It is good for the session it was sent in, and no other. Who begins a
/// visit at the same moment is waited for.
pub async fn enter(
    staff: &StaffActor,
    deps: &Deps,
    session: SupportSessionId,
    ticket: &str,
) -> Result<Option<Entered>> {
    staff.require(StaffRight::Support)?;
    let (token, now) = (deps.secret(), deps.now());
    let mut transaction = staff.begin(deps).await?;
    hold_own(&mut transaction, staff, StaffRight::Support).await?;
    let closed = settle::run_out(&mut transaction, deps, staff.id()).await?;
    let entered = sqlx::query!(
        r#"update support_sessions s
        set state = $4, token_hash = $5, operator_session_id = $6, entered_at = coalesce(s.entered_at, $7),
            handoff_hash = null, handoff_expires_at = null,
            handoff_used_hash = $3, handoff_used_at = $7, handoff_used_from = $9
        from support_sessions before
        join tenants t on t.id = before.tenant_id and t.deleted_at is null
        where s.id = $1 and before.id = s.id and s.operator_id = $2 and s.handoff_hash = $3 and s.state = any($8)
            and s.handoff_expires_at > $7 and s.expires_at > $7
            and not exists (
                select from platform_impersonation_sessions v
                where v.operator_id = $2 and v.ended_at is null and v.expires_at > $7
            )
        returning s.tenant_id, s.organization, s.host_id as "host_id!", s.areas, s.may_write, s.reason,
            s.expires_at as "expires_at!", t.slug::text as "slug!", before.entered_at is null as "first!""#,
        session.0,
        staff.id().0,
        &random::hash(ticket)[..],
        Event::Enter.target().key(),
        &token.hash()[..],
        staff.user().session().0,
        now,
        &Event::Enter.sources(),
        staff.user().request().address,
    )
    .fetch_optional(&mut *transaction)
    .await
    .on_constraint("support_sessions_active_key", || contract::Error::Conflict);
    let entered = match entered {
        Err(crate::Error::Refused(contract::Error::Conflict)) => None,
        other => other?,
    };
    let Some(row) = entered else {
        transaction.rollback().await?;
        return note_reuse(staff, deps, session, ticket).await.map(|()| None);
    };
    let tenant = row.tenant_id.into();
    if row.first {
        tell(&mut transaction, tenant, session, SupportNews::Entered).await?;
    }
    let scope = model::scope(&row.areas, row.may_write)?;
    let details = json!({
        "organization": row.organization,
        "areas": row.areas,
        "mode": scope.mode().key(),
        "reason": row.reason,
        "expires_at": row.expires_at,
    });
    let request = staff.user().request();
    let entry = || {
        Entry::new(Action::SupportBegun, Origin::Support, request)
            .actor(staff.id())
            .on_behalf_of(row.host_id.into())
            .subject(session.0)
            .after(details.clone())
    };
    let mut entries: Vec<_> = closed.iter().flat_map(|closed| closed.entries(request)).collect();
    entries.extend([entry().inside(tenant), entry()]);
    audit::write_all(&mut transaction, deps, entries).await?;
    transaction.commit().await?;
    Ok(Some(Entered {
        token,
        slug: row.slug,
        until: row.expires_at,
    }))
}

/// Puts on record that a ticket was brought that had led in already, by whomever; who goes on and on is recorded now and then. Only
/// the last ticket of a session that led in is known, as long as the session's secret is kept: one from before it is as one that was
/// never drawn.
async fn note_reuse(staff: &StaffActor, deps: &Deps, session: SupportSessionId, ticket: &str) -> Result<()> {
    let mut transaction = staff.begin_reading(deps).await?;
    let used = sqlx::query!(
        r#"select operator_id as "operator_id!", handoff_used_at as "used_at!", handoff_used_from from support_sessions
        where id = $1 and handoff_used_hash = $2 and operator_id is not null"#,
        session.0,
        &random::hash(ticket)[..],
    )
    .fetch_optional(&mut *transaction)
    .await?;
    transaction.rollback().await?;
    let Some(used) = used else { return Ok(()) };
    let request = staff.user().request();
    let is_second_press = reuse::is_second_press(deps.now(), request, used.used_at, used.handoff_used_from.as_deref());
    if is_second_press || !may_record_stray(deps, staff.id()).await? {
        return Ok(());
    }
    let mut transaction = staff.begin(deps).await?;
    let entry = staff.audit(Action::UserTokenReused);
    reuse::record(&mut transaction, deps, entry, used.operator_id.into(), "support_ticket").await?;
    transaction.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use contract::{
        staff::StaffRole,
        support::{SupportArea, SupportHours},
    };

    use super::{
        super::{
            answer::approve,
            hand_off::{HandedOff, hand_off},
        },
        *,
    };
    use crate::testing::{TestDatabase, ask_support, clock_and_deps, organization, person, staff, support_asked};

    #[tokio::test]
    async fn whoever_brings_a_used_ticket_again_and_again_is_recorded_now_and_then() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let sue = staff(&database, &deps, "sue", StaffRole::Support).await;
        let asked = ask_support(&[SupportArea::Work], false);
        let session = support_asked(&deps, &sue, acme.tenant().id, &asked).await;
        approve(&acme, &deps, session, SupportHours::new(1).unwrap())
            .await
            .unwrap();
        let HandedOff::Ticket(ticket) = hand_off(&sue, &deps, session).await.unwrap() else {
            panic!("a ticket")
        };
        enter(&sue, &deps, session, ticket.expose()).await.unwrap().unwrap();
        clock.advance(TimeDelta::seconds(61));
        for _ in 0..70 {
            assert!(enter(&sue, &deps, session, ticket.expose()).await.unwrap().is_none());
        }
        let recorded = database.count("audit_log where action = 'user.token_reused'").await;
        assert_eq!(recorded, 60);
    }
}
