//! There are no more members than seats that are paid for, whatever else the plan would have room for.

use contract::{billing::BillingInterval::Month, iam::MemberType, invitation::InviteOutcome};
use domain::{
    billing::change_plan::change_seats,
    people::{
        choices::choices,
        invite::{Offer, invite},
    },
};

use crate::shop::Shop;

/// What became of an invitation as a member.
pub async fn invited(shop: &Shop, address: &str) -> InviteOutcome {
    let offered = choices(&shop.org, &shop.deps).await.unwrap().roles;
    let role = offered.iter().find(|role| role.name == "Member").unwrap().id;
    let offer = Offer {
        role,
        member_type: MemberType::Member,
        grants: Vec::new(),
    };
    let invited = invite(&shop.org, &shop.deps, &offer, address).await.unwrap();
    invited.report.rows[0].outcome
}

#[tokio::test]
async fn who_pays_for_two_seats_has_two_members_until_there_is_a_third_seat() {
    let mut shop = Shop::subscribed("team", Month, 2).await;
    assert!(matches!(
        invited(&shop, "bob@example.test").await,
        InviteOutcome::Invited { .. }
    ));
    assert_eq!(
        invited(&shop, "cid@example.test").await,
        InviteOutcome::SeatsFull { allowed: 2 }
    );
    let held = shop.overview().await.subscription.unwrap().held;
    change_seats(&shop.org, &shop.deps, 3, held.version()).await.unwrap();
    shop.enter_again().await;
    let seats = choices(&shop.org, &shop.deps).await.unwrap().seats.members;
    assert_eq!((seats.used, seats.allowed), (2, Some(3)));
    assert!(matches!(
        invited(&shop, "cid@example.test").await,
        InviteOutcome::Invited { .. }
    ));
}

/// What the operator gives is not counted in seats.
#[tokio::test]
async fn a_gift_has_the_seats_of_its_plan() {
    let mut shop = Shop::subscribed("team", Month, 1).await;
    sqlx::query(
        "insert into billing_overrides (tenant_id, id, kind, plan_key, reason, starts_at) \
         values ($1, $1, 'complimentary', 'team', 'a gift', $2)",
    )
    .bind(shop.org.tenant().id.0)
    .bind(shop.deps.now())
    .execute(shop.database.owner())
    .await
    .unwrap();
    shop.enter_again().await;
    let seats = choices(&shop.org, &shop.deps).await.unwrap().seats.members;
    assert_eq!((seats.used, seats.allowed), (1, Some(50)));
    assert!(matches!(
        invited(&shop, "bob@example.test").await,
        InviteOutcome::Invited { .. }
    ));
}
