//! Staff at work.

use contract::{
    ids::{SupportSessionId, TenantId, VisitId},
    staff::StaffRole,
    support::{SupportArea, SupportHours, SupportScope},
    text::{VisitReason, VisitTicket},
};

use super::{
    database::TestDatabase,
    people::{comes, new_person, visitor},
};
use crate::{
    Deps, Result,
    actor::{OrgActor, StaffActor, Visit, VisitStanding},
    identity::sign_up::sign_up,
    support_sessions::{
        Asked,
        answer::approve,
        enter::enter,
        hand_off::{HandedOff, hand_off},
        request::{Requested, request as ask},
    },
    visits::begin::{Begun, NewVisit, begin},
};

/// Somebody of the staff who has signed in and proven a second factor, as the token of their session.
#[expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]
pub async fn staff_session(database: &TestDatabase, deps: &Deps, name: &str, role: StaffRole) -> String {
    let session = sign_up(&visitor(), deps, new_person(name)).await.unwrap();
    let token = session.token.expose().to_owned();
    let user = comes(deps, &token).await;
    sqlx::query(
        "insert into platform_role_assignments (id, user_id, role, granted_at) values (gen_random_uuid(), $1, $2, $3)",
    )
    .bind(user.id().0)
    .bind(role.key())
    .bind(deps.now())
    .execute(database.owner())
    .await
    .unwrap();
    sqlx::query("update user_sessions set second_factor_at = $2 where user_id = $1")
        .bind(user.id().0)
        .bind(deps.now())
        .execute(database.owner())
        .await
        .unwrap();
    sqlx::query("update users set email_verified_at = created_at where id = $1")
        .bind(user.id().0)
        .execute(database.owner())
        .await
        .unwrap();
    token
}

/// The same person at work.
#[expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]
pub async fn staff(database: &TestDatabase, deps: &Deps, name: &str, role: StaffRole) -> StaffActor {
    let token = staff_session(database, deps, name, role).await;
    StaffActor::enter(&comes(deps, &token).await).unwrap()
}

/// Where the next request of somebody of the staff gets to whose cookie has this secret, of a visit or of a support session.
pub async fn inside(deps: &Deps, session: &str, secret: &str, slug: &str) -> Result<Option<OrgActor>> {
    let operator = comes(deps, session).await;
    match Visit::standing(&operator, deps, secret).await? {
        Some(VisitStanding::Live(visit)) => OrgActor::enter_as(&operator, &visit, deps, slug).await.map(Some),
        Some(VisitStanding::Over { .. }) | None => Ok(None),
    }
}

/// A visit of the organization as this member, and the secret of its cookie.
#[expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot be set up has failed"
)]
pub async fn visit(deps: &Deps, staff: &StaffActor, member: &OrgActor) -> (VisitId, String) {
    let new = NewVisit {
        tenant: member.tenant().id,
        subject: member.user().id(),
        reason: VisitReason::parse("They cannot find their project").unwrap(),
        ticket: VisitTicket::parse("T-17").unwrap(),
    };
    match begin(staff, deps, new).await.unwrap() {
        Begun::Visiting { visit, token, .. } => (visit, token.expose().to_owned()),
        Begun::Refused(obstacle) => panic!("{obstacle:?}"),
    }
}

/// For four hours.
#[expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]
pub fn ask_support(areas: &[SupportArea], write: bool) -> Asked {
    Asked {
        scope: SupportScope::new(areas, write).unwrap(),
        hours: SupportHours::new(4).unwrap(),
        reason: VisitReason::parse("They cannot find their project").unwrap(),
        ticket: VisitTicket::parse("T-17").unwrap(),
    }
}

/// Somebody of the staff has asked to be let in, and nobody has answered.
#[expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot be set up has failed"
)]
pub async fn support_asked(deps: &Deps, staff: &StaffActor, tenant: TenantId, asked: &Asked) -> SupportSessionId {
    match ask(staff, deps, tenant, asked).await.unwrap() {
        Requested::Waiting(session) => session,
        other => panic!("{other:?}"),
    }
}

/// Somebody of the staff whom this member has let in, and the secret of their cookie.
#[expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot be set up has failed"
)]
pub async fn support_inside(
    deps: &Deps,
    staff: &StaffActor,
    host: &OrgActor,
    asked: &Asked,
) -> (SupportSessionId, String) {
    let session = support_asked(deps, staff, host.tenant().id, asked).await;
    approve(host, deps, session, asked.hours).await.unwrap();
    let ticket = match hand_off(staff, deps, session).await.unwrap() {
        HandedOff::Ticket(ticket) => ticket,
        HandedOff::Refused(obstacle) => panic!("{obstacle:?}"),
    };
    let entered = enter(staff, deps, session, ticket.expose()).await.unwrap().unwrap();
    (session, entered.token.expose().to_owned())
}
