use contract::iam::{DefaultRole, Permission};

use super::*;
use crate::{
    actor::OrgActor,
    people::{
        code,
        copy_link::copy_link,
        decline::decline,
        invitation::LIFETIME,
        invite::{Grant, Offer, invite},
        look_up::look_up,
        testing::{invite_as, invite_one, join_by_invitation, mailed_code, mails, offer, open, verified},
    },
    testing::{
        TestDatabase, clock_and_deps, custom_role, deps, into_workspace, join, join_as, organization, person, project,
        project_in, visitor, workspace,
    },
};

/// Changes rows as nobody could from outside.
async fn force(database: &TestDatabase, sql: &'static str) {
    sqlx::query(sql).execute(database.owner()).await.unwrap();
}

fn not(accepted: Accepted) -> InvitationState {
    match accepted {
        Accepted::Not(state) => state,
        joined @ Accepted::Joined { .. } => panic!("{joined:?}"),
    }
}

#[tokio::test]
async fn who_was_invited_is_in_with_the_role_and_the_address_is_proven() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
    // Written as people write it.
    let invitation = invite_as(&acme, &deps, "Bob@EXAMPLE.test", DefaultRole::Admin).await;
    let code = mailed_code(&database, &deps, &acme, invitation).await;
    let bob = person(&deps, "bob").await;
    assert_ne!(bob.person().verification, crate::actor::Verification::Verified);
    let told = look_up(&visitor(), Some(&bob), &deps, &code).await.unwrap();
    assert_eq!(told.state, InvitationState::Ready);
    let accepted = accept(&bob, &deps, Ticket::Code(&code)).await.unwrap();
    assert_eq!(
        accepted,
        Accepted::Joined {
            organization: Slug::parse("acme").unwrap()
        }
    );
    let inside = OrgActor::enter(&bob, &deps, "acme").await.unwrap();
    assert_eq!(
        (inside.role().key.as_str(), inside.member_type()),
        ("admin", MemberType::Member)
    );
    assert_eq!(
        database
            .count("users where email = 'bob@example.test' and email_verified_at is not null")
            .await,
        1
    );
    assert_eq!(mails(&database, "Joined").await, 1);
    for action in ["member.joined", "user.email_verified"] {
        assert_eq!(database.count(&format!("audit_log where action = '{action}'")).await, 1);
    }
    let row = format!(
        "tenant_invitations where status = 'accepted' and accepted_by = '{}'",
        bob.id()
    );
    assert_eq!(database.count(&row).await, 1);
}

#[tokio::test]
async fn a_second_press_finds_that_one_is_in() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
    let invitation = invite_one(&acme, &deps, "bob@example.test").await;
    let code = mailed_code(&database, &deps, &acme, invitation).await;
    let bob = person(&deps, "bob").await;
    accept(&bob, &deps, Ticket::Code(&code)).await.unwrap();
    let bob = verified(&database, &deps, "bob").await;
    let is_in = InvitationState::AlreadyIn {
        organization: Slug::parse("acme").unwrap(),
    };
    assert_eq!(not(accept(&bob, &deps, Ticket::Code(&code)).await.unwrap()), is_in);
    assert_eq!(
        look_up(&visitor(), Some(&bob), &deps, &code).await.unwrap().state,
        is_in
    );
    let signed_out = look_up(&visitor(), None, &deps, &code).await.unwrap();
    assert_eq!(signed_out.state, InvitationState::Used);
    assert_eq!(database.count("tenant_members").await, 2);
    assert_eq!(database.count("audit_log where action = 'member.joined'").await, 1);
}

#[tokio::test]
async fn somebody_elses_invitation_is_not_ones_own() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
    // A tag makes another address: where its mail goes is nobody's guess.
    let invitation = invite_one(&acme, &deps, "bob+acme@example.test").await;
    let mailed = mailed_code(&database, &deps, &acme, invitation).await;
    let copied = copy_link(&acme, &deps, invitation).await.unwrap();
    let bob = verified(&database, &deps, "bob").await;
    for code in [mailed.as_str(), copied.expose()] {
        let other = InvitationState::OtherAddress {
            own: "bob@example.test".to_owned(),
            member: None,
        };
        assert_eq!(not(accept(&bob, &deps, Ticket::Code(code)).await.unwrap()), other);
        let refused = decline(&visitor(), Some(&bob), &deps, Ticket::Code(code))
            .await
            .unwrap_err();
        assert_eq!(contract::Error::from(refused), contract::Error::Forbidden);
    }
    let refused = accept(&bob, &deps, Ticket::Waiting(invitation)).await.unwrap_err();
    assert_eq!(contract::Error::from(refused), contract::Error::NotFound);
    let told = look_up(&visitor(), Some(acme.user()), &deps, copied.expose())
        .await
        .unwrap();
    let of_owner = InvitationState::OtherAddress {
        own: "ann@example.test".to_owned(),
        member: Some(Slug::parse("acme").unwrap()),
    };
    assert_eq!(told.state, of_owner, "who copied it and looks where it leads");
    assert_eq!(database.count("tenant_members").await, 1);
}

#[tokio::test]
async fn a_copied_link_asks_for_a_proven_address() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
    let invitation = invite_one(&acme, &deps, "bob@example.test").await;
    let code = copy_link(&acme, &deps, invitation).await.unwrap();
    let code = Ticket::Code(code.expose());
    let bob = person(&deps, "bob").await;
    assert_eq!(
        not(accept(&bob, &deps, code).await.unwrap()),
        InvitationState::Unverified
    );
    let signed_out = decline(&visitor(), None, &deps, code).await.unwrap_err();
    assert_eq!(contract::Error::from(signed_out), contract::Error::Unauthenticated);
    let unproven = decline(&visitor(), Some(&bob), &deps, code).await.unwrap_err();
    assert_eq!(contract::Error::from(unproven), contract::Error::EmailUnverified);
    let bob = verified(&database, &deps, "bob").await;
    let accepted = accept(&bob, &deps, code).await.unwrap();
    assert!(matches!(accepted, Accepted::Joined { .. }), "{accepted:?}");
}

#[tokio::test]
async fn who_has_proven_nothing_declines_nothing_whatever_has_become_of_it() {
    let database = TestDatabase::new().await;
    let (clock, deps) = clock_and_deps(&database);
    let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
    let invitation = invite_one(&acme, &deps, "bob@example.test").await;
    let code = copy_link(&acme, &deps, invitation).await.unwrap();
    let code = Ticket::Code(code.expose());
    clock.advance(LIFETIME);
    let bob = person(&deps, "bob").await;
    for change in [
        "select",
        "update tenant_members set status = 'suspended'",
        "update tenants set status = 'deactivated'",
    ] {
        force(&database, change).await;
        let unproven = decline(&visitor(), Some(&bob), &deps, code).await.unwrap_err();
        assert_eq!(
            contract::Error::from(unproven),
            contract::Error::EmailUnverified,
            "{change}"
        );
    }
    let bob = verified(&database, &deps, "bob").await;
    decline(&visitor(), Some(&bob), &deps, code).await.unwrap();
}

#[tokio::test]
async fn who_is_in_already_stays_what_they_are() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
    let bob = person(&deps, "bob").await;
    let invitation = invite_as(&acme, &deps, "bob@example.test", DefaultRole::Admin).await;
    let code = mailed_code(&database, &deps, &acme, invitation).await;
    join(&database, &deps, &acme, &bob, "billing").await;
    let refused = not(accept(&bob, &deps, Ticket::Code(&code)).await.unwrap());
    assert!(matches!(refused, InvitationState::AlreadyIn { .. }), "{refused:?}");
    let inside = OrgActor::enter(&bob, &deps, "acme").await.unwrap();
    assert_eq!(inside.role().key, "billing");
    force(&database, "update tenant_members set status = 'suspended' where role_id in (select id from iam_roles where key = 'billing')").await;
    let refused = not(accept(&bob, &deps, Ticket::Code(&code)).await.unwrap());
    assert_eq!(refused, InvitationState::Suspended);
}

#[tokio::test]
async fn a_guest_becomes_a_member_and_a_member_never_a_guest() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
    let bob = person(&deps, "bob").await;
    let guest = join_by_invitation(&database, &deps, &acme, &bob, DefaultRole::Guest).await;
    assert_eq!(guest.member_type(), MemberType::Guest);
    let bob = verified(&database, &deps, "bob").await;
    let invitation = invite_one(&acme, &deps, "bob@example.test").await;
    accept(&bob, &deps, Ticket::Waiting(invitation)).await.unwrap();
    let inside = OrgActor::enter(&bob, &deps, "acme").await.unwrap();
    assert_eq!(
        (inside.role().key.as_str(), inside.member_type()),
        ("member", MemberType::Member)
    );
    let changed = "audit_log where action = 'member.type_changed' and before ->> 'type' = 'guest' and before ->> 'role' = 'Guest' \
                   and after ->> 'type' = 'member'";
    assert_eq!(database.count(changed).await, 1);
    assert_eq!(database.count("tenant_members").await, 2);
}

#[tokio::test]
async fn guests_see_what_the_invitation_promised_as_far_as_it_is_there() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
    let (shown, _) = (
        project(&deps, &acme, "Shown").await,
        project(&deps, &acme, "Hidden").await,
    );
    let (team, gone): (contract::ids::WorkspaceId, contract::ids::WorkspaceId) = (deps.id(), deps.id());
    for (id, name) in [(team, "Team"), (gone, "Gone")] {
        sqlx::query("insert into workspaces values ($1, $2, $3, $4, now(), now())")
            .bind(acme.tenant().id.0)
            .bind(id.0)
            .bind(name)
            .bind(acme.user().id().0)
            .execute(database.owner())
            .await
            .unwrap();
    }
    let offer = Offer {
        grants: vec![Grant::Project(shown), Grant::Workspace(team), Grant::Workspace(gone)],
        ..offer(&acme, &deps, DefaultRole::Guest).await
    };
    let invited = invite(&acme, &deps, &offer, "bob@example.test").await.unwrap();
    let invitation = invited.report.rows[0].outcome.invitation().unwrap();
    force(&database, "delete from workspaces where name = 'Gone'").await;
    let code = mailed_code(&database, &deps, &acme, invitation).await;
    let bob = person(&deps, "bob").await;
    accept(&bob, &deps, Ticket::Code(&code)).await.unwrap();
    let guest = OrgActor::enter(&bob, &deps, "acme").await.unwrap();
    let list = crate::projects::list::list(&guest, &deps, &contract::project::ProjectQuery::default())
        .await
        .unwrap();
    let names: Vec<_> = list.rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["Shown"]);
    assert_eq!(database.count("workspace_members").await, 1);
}

/// What has become of the organization, the inviter, the role and the seats since the invitation was sent.
/// Who invited was taken out of a workspace meanwhile, or manages workspaces no longer.
#[tokio::test]
async fn guests_see_nothing_that_who_invited_does_not_see_any_more() {
    let workspaces = "delete from workspace_members where user_id = (select id from users where name = 'bob')";
    let role = "update tenant_members set role_id = (select id from iam_roles where name = 'Host') \
                where user_id = (select id from users where name = 'bob')";
    for (before, change, workspaces_seen, projects_seen) in [
        ("Host", "select", 1, 2),
        ("Host", workspaces, 0, 1),
        ("Admin", workspaces, 1, 2),
        ("Admin", role, 1, 2),
    ] {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let host = [
            Permission::MembersInvite,
            Permission::TenantRead,
            Permission::ProjectsRead,
            Permission::TasksCreate,
            Permission::TasksUpdate,
        ];
        let host = custom_role(&deps, &acme, "Host", &host).await;
        let bob = person(&deps, "bob").await;
        let bob = match before {
            "Host" => join_as(&database, &deps, &acme, &bob, host).await,
            _ => join(&database, &deps, &acme, &bob, "admin").await,
        };
        let team = workspace(&deps, &acme, "Team").await;
        into_workspace(&deps, &acme, team, &bob).await;
        let inside = project_in(&deps, &acme, "Inside", team).await;
        let open = project(&deps, &acme, "Open").await;
        let grants = vec![Grant::Workspace(team), Grant::Project(inside), Grant::Project(open)];
        let made = Offer {
            grants,
            ..offer(&acme, &deps, DefaultRole::Guest).await
        };
        let invited = invite(&bob, &deps, &made, "cid@example.test").await.unwrap();
        let invitation = invited.report.rows[0].outcome.invitation().unwrap();
        let code = mailed_code(&database, &deps, &acme, invitation).await;
        let cid = person(&deps, "cid").await;
        force(&database, change).await;
        let accepted = accept(&cid, &deps, Ticket::Code(&code)).await.unwrap();
        assert!(matches!(accepted, Accepted::Joined { .. }), "{accepted:?}");
        let given = async |table: &str| database.count(&format!("{table} where user_id = '{}'", cid.id())).await;
        assert_eq!(
            (given("workspace_members").await, given("project_guests").await),
            (workspaces_seen, projects_seen),
            "{before}: {change}"
        );
        let by_themselves = format!(
            "audit_log where action = 'member.joined' and actor_user_id = '{}'",
            cid.id()
        );
        assert_eq!(database.count(&by_themselves).await, 1);
    }
}

#[tokio::test]
async fn everything_is_asked_again() {
    let above = "update tenant_members set role_id = (select id from iam_roles where key = 'admin') where role_id = (select id from iam_roles where key = 'owner')";
    let cases: [(&'static str, InvitationState); 10] = [
        (
            "update tenants set trial_ends_at = created_at",
            InvitationState::ReadOnly,
        ),
        (
            "update tenants set status = 'suspended'",
            InvitationState::OrganizationInactive,
        ),
        (
            "update tenants set status = 'deactivated'",
            InvitationState::OrganizationInactive,
        ),
        (
            "update tenants set status = 'deleting', purge_after = now()",
            InvitationState::OrganizationInactive,
        ),
        (
            "update tenant_members set role_id = (select id from iam_roles where key = 'member')",
            InvitationState::InviterGone,
        ),
        (
            "update tenant_members set status = 'suspended'",
            InvitationState::InviterGone,
        ),
        (
            "update tenant_members set member_type = 'guest'",
            InvitationState::InviterGone,
        ),
        ("delete from tenant_members", InvitationState::InviterGone),
        (
            "update users set deleted_at = now() where email = 'ann@example.test'",
            InvitationState::InviterGone,
        ),
        (above, InvitationState::RoleAbove),
    ];
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
    let invitation = invite_as(&acme, &deps, "bob@example.test", DefaultRole::Owner).await;
    let code = mailed_code(&database, &deps, &acme, invitation).await;
    let bob = person(&deps, "bob").await;
    for (change, expected) in cases {
        let before: Vec<String> = sqlx::query_scalar("select to_jsonb(m)::text from tenant_members m")
            .fetch_all(database.owner())
            .await
            .unwrap();
        force(&database, change).await;
        let refused = not(accept(&bob, &deps, Ticket::Code(&code)).await.unwrap());
        assert_eq!(refused, expected, "{change}");
        let told = look_up(&visitor(), Some(&bob), &deps, &code).await.unwrap();
        assert_eq!(told.state, expected, "the page says the same: {change}");
        force(&database, "update tenants set status = 'active', purge_after = null").await;
        force(&database, "update users set deleted_at = null").await;
        force(&database, "delete from tenant_members").await;
        for row in before {
            sqlx::query(
                "insert into tenant_members select * from jsonb_populate_record(null::tenant_members, $1::jsonb)",
            )
            .bind(row)
            .execute(database.owner())
            .await
            .unwrap();
        }
    }
    assert_eq!(
        open(&database, deps.now()).await,
        1,
        "none of it has used the invitation up"
    );
    accept(&bob, &deps, Ticket::Code(&code)).await.unwrap();
}

#[tokio::test]
async fn without_a_free_seat_one_waits_and_other_invitations_do_not_stand_in_the_way() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
    for number in 1..=4 {
        invite_one(&acme, &deps, &format!("new{number}@example.test")).await;
    }
    let last: uuid::Uuid = sqlx::query_scalar("select id from tenant_invitations where email = 'new4@example.test'")
        .fetch_one(database.owner())
        .await
        .unwrap();
    let code = mailed_code(&database, &deps, &acme, InvitationId(last)).await;
    let invited = person(&deps, "new4").await;
    force(
        &database,
        "update plan_limits set allowed = 1 where limit_key = 'members' and plan_key = 'starter'",
    )
    .await;
    let full = InvitationState::Full {
        limit: contract::error::Limit::Members,
        used: 1,
        allowed: 1,
    };
    assert_eq!(not(accept(&invited, &deps, Ticket::Code(&code)).await.unwrap()), full);
    assert_eq!(
        look_up(&visitor(), Some(&invited), &deps, &code).await.unwrap().state,
        full
    );
    assert_eq!(look_up(&visitor(), None, &deps, &code).await.unwrap().state, full);
    force(
        &database,
        "update plan_limits set allowed = 2 where limit_key = 'members' and plan_key = 'starter'",
    )
    .await;
    let accepted = accept(&invited, &deps, Ticket::Code(&code)).await.unwrap();
    assert!(matches!(accepted, Accepted::Joined { .. }), "{accepted:?}");
}

#[tokio::test]
async fn it_runs_for_a_week() {
    let database = TestDatabase::new().await;
    let (clock, deps) = clock_and_deps(&database);
    let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
    let invitation = invite_one(&acme, &deps, "bob@example.test").await;
    let code = mailed_code(&database, &deps, &acme, invitation).await;
    clock.advance(LIFETIME);
    let bob = person(&deps, "bob").await;
    let refused = not(accept(&bob, &deps, Ticket::Code(&code)).await.unwrap());
    assert_eq!(refused, InvitationState::Expired);
    clock.advance(-chrono::TimeDelta::seconds(1));
    let accepted = accept(&bob, &deps, Ticket::Code(&code)).await.unwrap();
    assert!(matches!(accepted, Accepted::Joined { .. }), "to its last second");
}

#[tokio::test]
async fn who_declines_frees_the_seat_and_can_be_invited_again() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
    let invitation = invite_one(&acme, &deps, "bob@example.test").await;
    let code = mailed_code(&database, &deps, &acme, invitation).await;
    decline(&visitor(), None, &deps, Ticket::Code(&code)).await.unwrap();
    assert_eq!(open(&database, deps.now()).await, 0);
    let again = decline(&visitor(), None, &deps, Ticket::Code(&code)).await.unwrap_err();
    assert_eq!(contract::Error::from(again), contract::Error::Conflict);
    let bob = person(&deps, "bob").await;
    let refused = not(accept(&bob, &deps, Ticket::Code(&code)).await.unwrap());
    assert_eq!(refused, InvitationState::Declined);
    assert_eq!(
        database.count("audit_log where action = 'invitation.declined'").await,
        1
    );
    let other = invite_one(&acme, &deps, "bob@example.test").await;
    assert_ne!(other, invitation);
    let bob = verified(&database, &deps, "bob").await;
    decline(&visitor(), Some(&bob), &deps, Ticket::Waiting(other))
        .await
        .unwrap();
    assert_eq!(database.count("tenant_invitations where status = 'declined'").await, 2);
}

#[tokio::test]
async fn a_code_is_256_bits_and_opens_one_invitation() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
    let invitation = invite_one(&acme, &deps, "bob@example.test").await;
    let mut transaction = acme.begin(&deps).await.unwrap();
    let code = code::issue(
        &mut transaction,
        &deps,
        acme.tenant().id,
        invitation,
        code::Proof::Address,
    )
    .await
    .unwrap();
    transaction.commit().await.unwrap();
    assert_eq!(code.expose().len(), 43);
    let bob = person(&deps, "bob").await;
    for wrong in ["", "x", &code.expose()[..42], &code.expose().to_ascii_lowercase()] {
        let refused = accept(&bob, &deps, Ticket::Code(wrong)).await.unwrap_err();
        assert_eq!(contract::Error::from(refused), contract::Error::NotFound);
    }
}
