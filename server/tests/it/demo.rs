//! The demo, as whoever enters it finds it.

use std::{collections::BTreeSet, sync::Arc};

use contract::{billing::BillingState, email::EmailAddress};
use domain::{
    Deps,
    actor::{OrgActor, RequestInfo, UserActor, Visitor},
    billing::catalogue::publish::publish,
    demo::PASSWORD,
    identity::sign_in::sign_in,
    testing::TestClock,
};
use server::{demo::bills::Story, payments::Payments};

use crate::{
    harness::{Product, Setup},
    payments::{NOBODY, laptop},
};

const ENTER: &str = "/api/app/auth/enter_demo/enter_demo";

#[tokio::test]
async fn one_person_is_at_the_limits_of_their_plan_and_told_what_to_do() {
    let product = Product::with(Setup {
        demo: true,
        ..Setup::default()
    })
    .await;
    for _ in 0..2 {
        server::demo::seed(&product.deps, &product.database.platform(), None)
            .await
            .unwrap();
    }
    let mut browser = product.browser();
    assert!(browser.get("/").await.body.contains("every seat of the plan is in use"));
    let entered = browser.post_form("/", ENTER, &[("who", "limit")]).await;
    assert_eq!(entered.location(), Some("/o/full-house/projects"));
    let people = browser.get("/o/full-house/people").await.body;
    assert!(
        people.contains("5 of 5 taken") && people.contains("Every seat is taken. Take an invitation back"),
        "{people}"
    );
}

/// What an organization of the demo is in when it was just made.
fn state(story: Story) -> BillingState {
    match story {
        Story::TrialBegun | Story::TrialEnding => BillingState::Trialing,
        Story::TrialOver => BillingState::None,
        Story::Monthly | Story::Yearly | Story::OverSeats | Story::PriceMismatch | Story::SharedCustomer => {
            BillingState::Active
        }
        Story::Canceling => BillingState::Canceling,
        Story::PastDue => BillingState::PastDue,
        Story::Restricted => BillingState::Restricted,
        Story::Paused => BillingState::Paused,
        Story::Canceled => BillingState::Canceled,
        Story::Complimentary => BillingState::Complimentary,
    }
}

async fn enter(deps: &Deps, story: Story) -> OrgActor {
    let email = EmailAddress::parse(&format!("{}@demo.plinth.test", story.key())).unwrap();
    let request = RequestInfo::default();
    let session = sign_in(&Visitor::new(request.clone()), deps, email, PASSWORD.to_owned())
        .await
        .unwrap();
    let owner = UserActor::authenticate(deps, session.token.expose(), request)
        .await
        .unwrap()
        .unwrap();
    OrgActor::enter(&owner, deps, &story.slug()).await.unwrap()
}

#[tokio::test]
async fn there_is_an_organization_for_every_way_to_stand_with_bills() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(TestClock::default());
    let payments = Payments::open(&laptop(folder.path()), clock, NOBODY).await.unwrap();
    let product = Product::with(Setup {
        demo: true,
        sandbox: payments.sandbox.clone(),
        ..Setup::default()
    })
    .await;
    let (platform, deps) = (
        product.database.platform(),
        Deps {
            payments: payments.provider.clone(),
            ..product.deps.clone()
        },
    );
    publish(&platform, &deps).await.unwrap();
    // What an earlier release has left is kept, and given what it lacks.
    server::demo::seed(&deps, &platform, None).await.unwrap();
    let projects = product.database.count("projects").await;
    for _ in 0..2 {
        server::demo::seed(&deps, &platform, payments.sandbox.as_ref())
            .await
            .unwrap();
        assert_eq!(product.database.count("projects").await, projects + 15);
        assert_eq!(product.database.count("billing_customers").await, 3 + 10 + 1);
    }

    let mut seen = BTreeSet::new();
    for &story in Story::ALL {
        let org = enter(&deps, story).await;
        let effective = org.tenant().plan.effective;
        assert_eq!(effective.state, state(story), "{story:?}");
        let slug = story.slug();
        let told = format!(
            "tenants where slug = '{slug}' and billing_state = '{}'",
            effective.state.key()
        );
        assert_eq!(product.database.count(&told).await, 1, "{story:?}");
        seen.insert(effective.state.key());
        match story {
            Story::TrialBegun => assert_eq!(effective.days_left, Some(14)),
            Story::TrialEnding => assert_eq!(effective.days_left, Some(2)),
            Story::PastDue => assert_eq!(effective.days_left, Some(5)),
            Story::OverSeats => assert_eq!(
                product
                    .database
                    .count("tenants where over_limit_since = '2026-03-01 09:00:00Z'")
                    .await,
                1
            ),
            _ => {}
        }
    }
    assert_eq!(seen.len(), BillingState::ALL.len(), "{seen:?}");
    assert_eq!(
        product
            .database
            .count("billing_cancellations where reason = 'too_expensive'")
            .await,
        1
    );
    for kind in ["price_mismatch", "shared_customer"] {
        let open = format!("billing_drifts where kind = '{kind}' and resolved_at is null");
        assert_eq!(product.database.count(&open).await, 1, "{kind}");
    }
    // Nobody began to pay before there was an organization.
    let early = "billing_tenant_subscriptions s join tenants t on t.id = s.tenant_id where s.started_at < t.created_at";
    assert_eq!(product.database.count(early).await, 0);

    let mut browser = product.browser();
    let landing = browser.get("/").await.body;
    let sign_in = browser.get("/sign-in").await.body;
    for &story in Story::ALL {
        let way = format!(r#"name="who" value="{}""#, story.key());
        assert!(landing.contains(&way) && sign_in.contains(&way), "{story:?}");
        let entered = product.browser().post_form("/", ENTER, &[("who", story.key())]).await;
        assert_eq!(entered.location(), Some(&*format!("/o/{}/projects", story.slug())));
    }
    payments.close().await;
}

#[tokio::test]
async fn what_the_sandbox_alone_can_make_is_not_offered_without_it() {
    let product = Product::with(Setup {
        demo: true,
        ..Setup::default()
    })
    .await;
    let landing = product.browser().get("/").await.body;
    assert!(landing.contains(r#"name="who" value="owner""#) && !landing.contains("Empty Card"));
}
