use contract::{Error, iam::DefaultRole, invitation::InviteOutcome as Outcome};

use super::*;
use crate::{
    people::testing::{invite_as, invite_one, join_by_invitation, mailed_code, mails, offer, open},
    testing::{TestDatabase, clock_and_deps, deps, join, organization, person, project},
};

/// The outcomes of a paste, in order.
async fn outcomes(org: &OrgActor, deps: &Deps, with: DefaultRole, pasted: &str) -> Vec<Outcome> {
    let offer = offer(org, deps, with).await;
    let invited = invite(org, deps, &offer, pasted).await.unwrap();
    let kept = report::report(org, deps, invited.batch).await.unwrap();
    assert_eq!(kept, invited.report, "as it can be read again");
    kept.rows.into_iter().map(|row| row.outcome).collect()
}

#[tokio::test]
async fn every_row_of_a_paste_has_its_outcome() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let ann = person(&deps, "ann").await;
    let acme = organization(&deps, &ann, "acme").await;
    sqlx::query("update tenants set plan_key = 'team'")
        .execute(database.owner())
        .await
        .unwrap();
    let (bob, gus) = (person(&deps, "bob").await, person(&deps, "gus").await);
    join_by_invitation(&database, &deps, &acme, &gus, DefaultRole::Guest).await;
    join(&database, &deps, &acme, &bob, "member").await;
    sqlx::query("update tenant_members set status = 'suspended' where user_id = $1")
        .bind(bob.id().0)
        .execute(database.owner())
        .await
        .unwrap();
    invite_one(&acme, &deps, "open@example.test").await;
    let sent = database.count("audit_log where action = 'invitation.sent'").await;
    let pasted = "New Person <new@example.test>; NEW@example.test, not an address\n\
                  OPEN@example.test\nann@example.test bob@example.test\ngus@example.test";
    let became = outcomes(&acme, &deps, DefaultRole::Member, pasted).await;
    assert!(
        matches!(
            became[..],
            [
                Outcome::Invited { .. },
                Outcome::Twice,
                Outcome::Malformed,
                Outcome::Renewed { .. },
                Outcome::AlreadyMember,
                Outcome::Suspended,
                Outcome::Upgrading { .. }
            ]
        ),
        "{became:?}"
    );
    assert_eq!(open(&database, deps.now()).await, 3);
    let recorded = database.count("audit_log where action = 'invitation.sent'").await;
    assert_eq!(recorded - sent, 3);
    assert_eq!(mails(&database, "Invitation").await, 4, "one of them was read already");
}

#[tokio::test]
async fn invited_twice_is_one_invitation_as_it_was_offered_last() {
    let database = TestDatabase::new().await;
    let (clock, deps) = clock_and_deps(&database);
    let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
    let admin = join(&database, &deps, &acme, &person(&deps, "bob").await, "admin").await;
    let first = invite_one(&acme, &deps, "new@example.test").await;
    clock.advance(chrono::TimeDelta::days(6));
    let again = outcomes(&admin, &deps, DefaultRole::Guest, "New@Example.test").await;
    assert_eq!(again, [Outcome::Renewed { invitation: first }]);
    let row: (String, Uuid, String, chrono::DateTime<chrono::Utc>) =
        sqlx::query_as("select i.member_type, i.invited_by, r.key, i.expires_at from tenant_invitations i join iam_roles r on r.id = i.role_id")
            .fetch_one(database.owner())
            .await
            .unwrap();
    let later = deps.now() + LIFETIME;
    assert_eq!(
        row,
        ("guest".to_owned(), admin.user().id().0, "guest".to_owned(), later)
    );
}

#[tokio::test]
async fn nobody_promises_more_than_they_have() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
    let admin = join(&database, &deps, &acme, &person(&deps, "bob").await, "admin").await;
    let member = join(&database, &deps, &acme, &person(&deps, "sue").await, "member").await;
    let refused = async |org: &OrgActor, offer: &Offer| {
        Error::from(invite(org, &deps, offer, "new@example.test").await.unwrap_err())
    };
    let above = Error::field("role", FieldCode::AboveOwnRights);
    for role in [DefaultRole::Owner, DefaultRole::Billing] {
        assert_eq!(
            refused(&admin, &offer(&acme, &deps, role).await).await,
            above,
            "{role:?}"
        );
    }
    assert_eq!(
        refused(&member, &offer(&acme, &deps, DefaultRole::Member).await).await,
        Error::Forbidden
    );
    let steering_guest = Offer {
        member_type: MemberType::Guest,
        ..offer(&acme, &deps, DefaultRole::Admin).await
    };
    let not_for_guests = Error::field("role", FieldCode::NotForGuests);
    assert_eq!(refused(&acme, &steering_guest).await, not_for_guests);
    let other = organization(&deps, &person(&deps, "zoe").await, "other").await;
    let foreign = offer(&other, &deps, DefaultRole::Member).await;
    assert_eq!(refused(&acme, &foreign).await, Error::NotFound);
    assert_eq!(database.count("tenant_invitations").await, 0);

    let owners = offer(&acme, &deps, DefaultRole::Owner).await;
    invite(&acme, &deps, &owners, "new@example.test").await.unwrap();
    let became = outcomes(&admin, &deps, DefaultRole::Member, "new@example.test").await;
    assert_eq!(
        became,
        [Outcome::AboveOwnRights],
        "an owner's invitation stays as it is"
    );
    sqlx::query("update tenants set status = 'suspended'")
        .execute(database.owner())
        .await
        .unwrap();
    assert_eq!(refused(&acme, &owners).await, Error::TenantInactive);
}

#[tokio::test]
async fn guests_are_given_what_who_invites_them_sees() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
    let other = organization(&deps, &person(&deps, "zoe").await, "other").await;
    let (own, foreign) = (
        project(&deps, &acme, "Own").await,
        project(&deps, &other, "Foreign").await,
    );
    let with = async |grants: Vec<Grant>| Offer {
        grants,
        ..offer(&acme, &deps, DefaultRole::Guest).await
    };
    for hidden in [Grant::Project(foreign), Grant::Workspace(deps.id())] {
        let offer = with(vec![Grant::Project(own), hidden]).await;
        let refused = invite(&acme, &deps, &offer, "new@example.test").await.unwrap_err();
        assert_eq!(Error::from(refused), Error::NotFound, "{hidden:?}");
    }
    let offer = with(vec![Grant::Project(own), Grant::Project(own)]).await;
    invite(&acme, &deps, &offer, "new@example.test").await.unwrap();
    assert_eq!(database.count("tenant_invitation_grants").await, 1);
    invite(&acme, &deps, &with(Vec::new()).await, "new@example.test")
        .await
        .unwrap();
    assert_eq!(
        database.count("tenant_invitation_grants").await,
        0,
        "as it is offered now"
    );
}

#[tokio::test]
async fn the_last_seats_go_to_the_first_rows_and_guests_have_their_own() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
    let pasted: Vec<String> = (1..=6).map(|number| format!("new{number}@example.test")).collect();
    let became = outcomes(&acme, &deps, DefaultRole::Member, &pasted.join("\n")).await;
    let full = Outcome::SeatsFull { allowed: 5 };
    assert_eq!(
        became.iter().filter(|outcome| outcome.invitation().is_some()).count(),
        4
    );
    assert_eq!(became[4..], [full, full]);
    let guests = outcomes(&acme, &deps, DefaultRole::Guest, "guest@example.test").await;
    assert!(matches!(guests[..], [Outcome::Invited { .. }]), "{guests:?}");
    let again = outcomes(&acme, &deps, DefaultRole::Member, "new1@example.test").await;
    assert!(
        matches!(again[..], [Outcome::Renewed { .. }]),
        "its own seat: {again:?}"
    );
    assert_eq!(database.count("tenant_invitations").await, 5);
}

#[tokio::test]
async fn fifty_at_once_and_nothing_at_all() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
    let offer = offer(&acme, &deps, DefaultRole::Member).await;
    let mut pasted: Vec<String> = (1..=51).map(|number| format!("not an address {number}")).collect();
    pasted.push(format!("{} <last@example.test>", "Long Name ".repeat(20)));
    let invited = invite(&acme, &deps, &offer, &pasted.join("\n")).await.unwrap();
    let report = &invited.report;
    assert_eq!(report.rows.len(), 50);
    assert_eq!(report.rest, ["not an address 51", "last@example.test"]);
    let refused = invite(&acme, &deps, &offer, " ,\n; ").await.unwrap_err();
    assert_eq!(Error::from(refused), Error::field("addresses", FieldCode::Required));
    let bob = join(&database, &deps, &acme, &person(&deps, "bob").await, "admin").await;
    let hidden = report::report(&bob, &deps, invited.batch).await.unwrap_err();
    assert_eq!(Error::from(hidden), Error::NotFound, "for who has sent it");
}

#[tokio::test]
async fn nobodys_mailbox_is_filled() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
    let other = organization(&deps, &person(&deps, "zoe").await, "other").await;
    for org in [&acme, &other, &acme, &other, &acme, &other] {
        invite_one(org, &deps, "victim@example.test").await;
    }
    let became = outcomes(
        &acme,
        &deps,
        DefaultRole::Member,
        "victim@example.test, fine@example.test",
    )
    .await;
    assert!(
        matches!(became[..], [Outcome::Throttled { .. }, Outcome::Invited { .. }]),
        "{became:?}"
    );
}

#[tokio::test]
async fn the_mail_brings_a_code_and_nothing_keeps_it() {
    let database = TestDatabase::new().await;
    let (clock, deps) = clock_and_deps(&database);
    let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
    let invitation = invite_one(&acme, &deps, "new@example.test").await;
    assert_eq!(
        database.count("invitation_codes").await,
        0,
        "before the mail is written"
    );
    let code = mailed_code(&database, &deps, &acme, invitation).await;
    let kept = format!(
        "invitation_codes where proves_address and code_hash = sha256('{code}') and invitation_id = '{invitation}'"
    );
    assert_eq!(database.count(&kept).await, 1);
    let jobs = format!("graphile_worker._private_jobs where payload::text like '%{code}%'");
    assert_eq!(database.count(&jobs).await, 0);
    clock.advance(LIFETIME);
    let mail = Mail::Arrival {
        tenant: acme.tenant().id,
        news: Arrival::Invitation { invitation },
    };
    let late = mail::compose(&database.platform(), &deps, "https://plinth.example", &mail)
        .await
        .unwrap();
    assert_eq!(late, None, "a mail that comes too late is not sent");
}

#[tokio::test]
async fn an_owner_is_invited_only_right_after_signing_in() {
    let database = TestDatabase::new().await;
    let (clock, deps) = clock_and_deps(&database);
    let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
    let owner = offer(&acme, &deps, DefaultRole::Owner).await;
    clock.advance(chrono::TimeDelta::minutes(16));
    let refused = invite(&acme, &deps, &owner, "new@example.test").await.unwrap_err();
    assert_eq!(Error::from(refused), Error::RecentSignInRequired);
    invite_as(&acme, &deps, "other@example.test", DefaultRole::Admin).await;
    assert_eq!(open(&database, deps.now()).await, 1);
    clock.advance(chrono::TimeDelta::minutes(-2));
    invite(&acme, &deps, &owner, "new@example.test").await.unwrap();
    assert_eq!(open(&database, deps.now()).await, 2);
}
