//! What has happened to each of them.

use anyhow::{Result, bail};
use contract::{
    billing::{
        BillingInterval::{Month, Year},
        CancelReason,
    },
    text::{CancelComment, OverrideReason},
};
use domain::{
    actor::{OrgActor, UserActor},
    billing::{
        cancel::cancel,
        drifts::reconcile::reconcile,
        overrides::{
            OverrideKind,
            grant::{Grant, Granted, grant},
        },
        provider::{NewProduct, SeatPrice, SubscriptionId, Timing},
    },
    demo::{
        add_member,
        bills::{OldPrice, Owned, keep_old_price, refresh_at, share_customer, state},
        verify,
    },
    projects,
};

use super::{
    Story,
    shop::{Shop, refused},
    today,
};
use crate::demo::{
    organization::fields,
    people::{organization, person},
};

pub async fn make(shop: &Shop<'_>, story: Story, owner: &UserActor) -> Result<()> {
    let cast = story.cast();
    let org = begin(shop, owner, cast.organization, cast.days).await?;
    let whose = whose(&org);
    match story {
        Story::TrialBegun | Story::TrialEnding | Story::TrialOver => {}
        Story::Monthly => {
            shop.buy(&whose, "team", Month, 8, 65).await?;
        }
        Story::Yearly => {
            shop.buy(&whose, "business", Year, 12, 90).await?;
        }
        Story::Canceling => return leave(shop, &whose, &org).await,
        Story::PastDue => fail(shop, &whose, 50, 2).await?,
        Story::Restricted => fail(shop, &whose, 70, shop.deps.billing.grace.num_days() + 2).await?,
        Story::Paused => {
            if let Some(subscription) = shop.buy(&whose, "team", Month, 4, 70).await? {
                let rest = shop.control.pause(subscription, shop.days_ago(10));
                rest.map_err(|refusal| refused(&refusal))?;
                end_period(shop, subscription, 3)?;
            }
        }
        Story::Canceled => {
            if let Some(subscription) = shop.buy(&whose, "team", Month, 4, 70).await? {
                let canceled = shop.control.cancel(subscription, shop.days_ago(10));
                canceled.map_err(|refusal| refused(&refusal))?;
                end_period(shop, subscription, 3)?;
            }
        }
        Story::Complimentary => give(shop, &org).await?,
        Story::OverSeats => return outgrow(shop, &whose).await,
        Story::PriceMismatch => {
            buy_at_old_price(shop, &whose).await?;
            return differ(shop, &whose).await;
        }
        Story::SharedCustomer => {
            share(shop, owner, &whose).await?;
            return differ(shop, &whose).await;
        }
    }
    match story {
        Story::TrialBegun | Story::TrialEnding | Story::TrialOver | Story::Complimentary => {
            Ok(refresh_at(shop.platform, shop.deps, whose.tenant).await?)
        }
        _ => shop.take_in(whose.tenant).await,
    }
}

/// With something in it, so that there is something to read when nothing can be changed any more.
async fn begin(shop: &Shop<'_>, owner: &UserActor, name: &str, days: i64) -> Result<OrgActor> {
    let then = shop.ago(days);
    let slug = super::slug(name);
    if state(shop.platform, &slug).await?.is_some() {
        return Ok(OrgActor::enter(owner, &then, &slug).await?);
    }
    let org = organization(&then, owner, name, &slug).await?;
    let project = fields("Spring catalogue", "Forty pages, at the printer’s in March.")?;
    projects::create::create(&org, &then, project).await?;
    Ok(org)
}

fn whose(org: &OrgActor) -> Owned {
    let owner = org.user().person();
    Owned {
        tenant: org.tenant().id,
        name: org.tenant().name.clone(),
        owner: owner.id,
        owner_email: owner.email.clone(),
        owner_name: owner.name.clone(),
    }
}

/// What differs from the provider's has its name at once, and not only after the next night.
async fn differ(shop: &Shop<'_>, whose: &Owned) -> Result<()> {
    shop.take_in(whose.tenant).await?;
    reconcile(shop.platform, shop.deps, whose.tenant).await?;
    Ok(())
}

fn end_period(shop: &Shop<'_>, subscription: uuid::Uuid, days: i64) -> Result<()> {
    let ended = shop.control.end_period(subscription, shop.days_ago(days));
    ended.map_err(|refusal| refused(&refusal))
}

/// Canceled today, and paid for until the end of the month.
async fn leave(shop: &Shop<'_>, whose: &Owned, org: &OrgActor) -> Result<()> {
    shop.buy(whose, "team", Month, 5, 40).await?;
    shop.take_in(whose.tenant).await?;
    let owner = today(shop, Story::Canceling).await?;
    let org = OrgActor::enter(&owner, shop.deps, org.tenant().slug.as_str()).await?;
    let comment = CancelComment::parse("We are three people again.").map_err(|code| anyhow::anyhow!("{code:?}"))?;
    cancel(&org, shop.deps, CancelReason::TooExpensive, &comment).await?;
    Ok(())
}

/// The card declined a renewal so many days ago.
async fn fail(shop: &Shop<'_>, whose: &Owned, bought: i64, failed: i64) -> Result<()> {
    if let Some(subscription) = shop.buy(whose, "starter", Month, 3, bought).await? {
        let declined = shop.control.fail_renewal(subscription, shop.days_ago(failed));
        declined.map_err(|refusal| refused(&refusal))?;
    }
    Ok(())
}

/// A plan from the operator, free of charge.
async fn give(shop: &Shop<'_>, org: &OrgActor) -> Result<()> {
    let Ok(reason) = OverrideReason::parse("They helped to find out what a plan should be.") else {
        bail!("the demo's reasons are not well-formed")
    };
    let given = Grant {
        organization: org.tenant().slug.clone(),
        kind: OverrideKind::Complimentary,
        plan: "business".to_owned(),
        reason,
        expires_at: None,
    };
    match grant(shop.platform, &shop.ago(20), &given).await? {
        Granted::Done | Granted::GivenAlready => Ok(()),
        other => bail!("the demo's friends are not given a plan: {other:?}"),
    }
}

/// Eight people on a plan for five, since its renewal of yesterday.
async fn outgrow(shop: &Shop<'_>, whose: &Owned) -> Result<()> {
    if let Some(subscription) = shop.buy(whose, "team", Month, 8, 50).await? {
        for (key, name) in [
            ("alma", "Alma Berg"),
            ("bruno", "Bruno Castro"),
            ("clara", "Clara Dahl"),
            ("davit", "Davit Egan"),
            ("edda", "Edda Frank"),
            ("finn", "Finn Gallo"),
            ("greta", "Greta Holm"),
        ] {
            let then = shop.ago(45);
            let one = person(&then, key, name).await?;
            verify(shop.platform, &then, one.id()).await?;
            add_member(shop.platform, &then, whose.tenant, one.id(), "member").await?;
        }
        let smaller = shop.product("starter", Month)?.id.clone();
        let id = SubscriptionId::from(subscription.to_string());
        shop.deps.payments.change_plan(id, smaller, Timing::AtRenewal).await?;
        end_period(shop, subscription, 1)?;
    }
    shop.take_in(whose.tenant).await?;
    Ok(refresh_at(shop.platform, &shop.ago(1), whose.tenant).await?)
}

/// What our catalogue says of a price that is not sold any more is not what the provider charges for it.
async fn buy_at_old_price(shop: &Shop<'_>, whose: &Owned) -> Result<()> {
    let sold = NewProduct {
        name: "Team of last year, monthly".to_owned(),
        plan: "team-of-last-year".to_owned(),
        interval: Month,
        seat_price: SeatPrice {
            amount: 1700,
            currency: "usd".to_owned(),
            min_seats: 1,
            max_seats: None,
        },
    };
    let product = shop.deps.payments.create_product(sold).await?;
    let price = OldPrice {
        plan: "team",
        interval: Month,
        seat_amount: 1500,
        product: product.id.clone(),
    };
    keep_old_price(shop.platform, &shop.ago(30), &price).await?;
    shop.subscribe(whose, &product, 6, 40).await?;
    Ok(())
}

/// The same person has begun a second organization, for which the same customer was noted.
async fn share(shop: &Shop<'_>, owner: &UserActor, whose: &Owned) -> Result<()> {
    shop.buy(whose, "starter", Month, 2, 40).await?;
    let twin = begin(shop, owner, "Twin South", 4).await?;
    let customer = shop.customer(whose).await?;
    Ok(share_customer(shop.platform, &shop.ago(4), twin.tenant().id, &customer).await?)
}
