//! Who gets to the bills.

use chrono::TimeDelta;
use contract::{
    Error,
    billing::{BillingInterval::Month, BillingRights, CancelReason, Closed},
    email::EmailAddress,
    text::CancelComment,
};
use domain::{
    actor::{OrgActor, UserActor},
    billing::{
        cancel::cancel,
        change_plan::{change_plan, change_seats},
        checkout::{Outcome, checkout},
        choices::choices,
        confirm::confirm,
        drop_change::drop_change,
        invoice::document,
        overview::overview,
        portal::portal,
        preview::preview,
        undo_cancel::undo_cancel,
    },
    identity::sign_in::sign_in,
    testing::{PASSWORD, join, person, proven, request, visitor},
};

use crate::shop::{Shop, wanted, ways};

/// The same person, a while later.
async fn signed_in(shop: &Shop, name: &str) -> UserActor {
    let email = EmailAddress::parse(&format!("{name}@example.test")).unwrap();
    let session = sign_in(&visitor(), &shop.deps, email, PASSWORD.to_owned())
        .await
        .unwrap();
    UserActor::authenticate(&shop.deps, session.token.expose(), request())
        .await
        .unwrap()
        .unwrap()
}

#[tokio::test]
async fn who_has_not_proven_their_address_in_time_still_pays() {
    let shop = Shop::new().await;
    join(
        &shop.database,
        &shop.deps,
        &shop.org,
        &person(&shop.deps, "bob").await,
        "member",
    )
    .await;
    shop.clock.advance(TimeDelta::days(8));
    let ann = signed_in(&shop, "ann").await;
    let refused = OrgActor::enter(&ann, &shop.deps, "acme").await.unwrap_err();
    assert_eq!(Error::from(refused), Error::EmailUnverified);
    let inside = OrgActor::enter_for_billing(&ann, &shop.deps, "acme").await.unwrap();
    let outcome = checkout(&inside, &shop.deps, &wanted("team", Month, 2), &ways())
        .await
        .unwrap();
    assert!(matches!(outcome, Outcome::Pay(_)));
    let (_, memberships) = OrgActor::enter_for_billing_with_memberships(&ann, &shop.deps, "acme")
        .await
        .unwrap();
    assert_eq!(memberships.len(), 1);
}

#[tokio::test]
async fn who_does_not_see_to_the_bills_proves_their_address_first() {
    let shop = Shop::new().await;
    join(
        &shop.database,
        &shop.deps,
        &shop.org,
        &person(&shop.deps, "bob").await,
        "member",
    )
    .await;
    shop.clock.advance(TimeDelta::days(8));
    let enter = async |who: &UserActor| {
        let entered = OrgActor::enter_for_billing(who, &shop.deps, "acme").await;
        entered.map(|_| ()).map_err(Error::from)
    };
    let bob = signed_in(&shop, "bob").await;
    assert_eq!(enter(&bob).await, Err(Error::EmailUnverified));
    proven(&shop.database, &bob).await;
    assert_eq!(enter(&signed_in(&shop, "bob").await).await, Ok(()));
    // A stranger does not hear that it is there.
    assert_eq!(enter(&person(&shop.deps, "eve").await).await, Err(Error::NotFound));
}

#[tokio::test]
async fn an_organization_that_was_suspended_still_sees_to_its_bills() {
    let mut shop = Shop::subscribed("team", Month, 3).await;
    sqlx::query("update tenants set status = 'suspended'")
        .execute(shop.database.owner())
        .await
        .unwrap();
    shop.enter_again().await;
    assert!(shop.overview().await.may.cancel);
    cancel(
        &shop.org,
        &shop.deps,
        CancelReason::Other,
        &CancelComment::parse("").unwrap(),
    )
    .await
    .unwrap();
    assert_eq!(shop.at_the_provider()["cancel_at_period_end"], true);
}

#[tokio::test]
async fn a_role_that_may_look_does_nothing_and_others_do_not_look() {
    let shop = Shop::subscribed("team", Month, 3).await;
    let (deps, ways) = (&shop.deps, ways());
    let admin = join(&shop.database, deps, &shop.org, &person(deps, "bob").await, "admin").await;
    let member = join(&shop.database, deps, &shop.org, &person(deps, "cid").await, "member").await;
    let seen = overview(&admin, deps).await.unwrap();
    assert_eq!(seen.may, BillingRights::default());
    assert_eq!(choices(&admin, deps).await.unwrap().closed, Some(Closed::NotYours));
    let (more, comment) = (wanted("business", Month, 3), CancelComment::parse("").unwrap());
    let before = shop.at_the_provider();
    for one in [&admin, &member] {
        let refused = [
            preview(one, deps, &more).await.map(drop),
            checkout(one, deps, &more, &ways).await.map(drop),
            confirm(one, deps, &shop.checkout_id().await).await.map(drop),
            change_plan(one, deps, &more, 0).await.map(drop),
            change_seats(one, deps, 4, 0).await.map(drop),
            drop_change(one, deps).await,
            cancel(one, deps, CancelReason::Other, &comment).await.map(drop),
            undo_cancel(one, deps).await,
            portal(one, deps, ways.back.clone()).await.map(drop),
        ];
        for (number, refused) in refused.into_iter().enumerate() {
            assert_eq!(
                refused.map_err(Error::from),
                Err(Error::Forbidden),
                "operation {number}"
            );
        }
    }
    let looks = [
        overview(&member, deps).await.map(drop),
        choices(&member, deps).await.map(drop),
        document(&member, deps, "nothing").await.map(drop),
    ];
    for refused in looks {
        assert_eq!(refused.map_err(Error::from), Err(Error::Forbidden));
    }
    assert_eq!(shop.at_the_provider(), before);
}
