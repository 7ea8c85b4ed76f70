use contract::{
    Error,
    staff::StaffRole,
    support::SupportArea,
    text::{VisitReason, VisitTicket},
};

use super::{Begun, NewVisit, begin};
use crate::{
    actor::OrgActor,
    support_sessions::{
        answer::approve,
        enter::enter,
        hand_off::{HandedOff, hand_off},
    },
    testing::{TestDatabase, ask_support, deps, organization, person, refused, staff, support_asked},
};

fn new(member: &OrgActor) -> NewVisit {
    NewVisit {
        tenant: member.tenant().id,
        subject: member.user().id(),
        reason: VisitReason::parse("They cannot find their project").unwrap(),
        ticket: VisitTicket::parse("").unwrap(),
    }
}

/// A visit of one organization, and the way that another one has granted.
#[tokio::test]
async fn of_two_ways_in_at_once_one_leads_in() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
    let other = organization(&deps, &person(&deps, "bob").await, "other").await;
    let sue = staff(&database, &deps, "sue", StaffRole::Support).await;
    let asked = ask_support(&[SupportArea::Work], false);
    let session = support_asked(&deps, &sue, acme.tenant().id, &asked).await;
    approve(&acme, &deps, session, asked.hours).await.unwrap();
    let HandedOff::Ticket(ticket) = hand_off(&sue, &deps, session).await.unwrap() else {
        panic!("it is granted");
    };
    let (begun, entered) = tokio::join!(
        begin(&sue, &deps, new(&other)),
        enter(&sue, &deps, session, ticket.expose()),
    );
    let (begun, entered) = (begun.unwrap(), entered.unwrap());
    let visiting = matches!(begun, Begun::Visiting { .. });
    assert_ne!(visiting, entered.is_some(), "{begun:?}");
    let open = database
        .count("platform_impersonation_sessions where ended_at is null")
        .await
        + database.count("support_sessions where state = 'active'").await;
    assert_eq!(open, 1);
}

#[tokio::test]
async fn whose_right_is_gone_gets_in_nowhere_with_what_was_known_of_them_before() {
    for (change, refusal) in [
        (
            "update platform_role_assignments set revoked_at = granted_at",
            Error::NotFound,
        ),
        (
            "update platform_role_assignments set role = 'auditor'",
            Error::Forbidden,
        ),
    ] {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let sue = staff(&database, &deps, "sue", StaffRole::Support).await;
        let session = support_asked(&deps, &sue, acme.tenant().id, &ask_support(&[SupportArea::Work], false)).await;
        sqlx::query(change).execute(database.owner()).await.unwrap();
        let begun = begin(&sue, &deps, new(&acme)).await.map(|_| ());
        assert_eq!(refused(begun), refusal, "{change}");
        let entered = enter(&sue, &deps, session, "never drawn").await.map(|_| ());
        assert_eq!(refused(entered), refusal, "{change}");
        assert_eq!(database.count("platform_impersonation_sessions").await, 0);
    }
}
