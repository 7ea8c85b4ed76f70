//! An organization for each way to stand with its bills, with an owner of its own.
//!
//! What has happened to them was done at the sandbox at instants of the past, and is taken in by the code that takes the
//! provider's messages in: their pages, their portal and their invoices work. From then on they age like any other.

mod history;
mod shop;

use anyhow::Result;
use contract::billing::{BillingInterval::Month, BillingState};
use domain::{
    Deps,
    actor::UserActor,
    database::PlatformDatabase,
    demo::{
        bills::{not_a_customer, state},
        verify,
    },
};

use self::shop::Shop;
use super::{full_house, organization, people::person, resting};

/// How an organization stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Story {
    TrialBegun,
    TrialEnding,
    TrialOver,
    Monthly,
    Yearly,
    Canceling,
    PastDue,
    Restricted,
    Paused,
    Canceled,
    Complimentary,
    OverSeats,
    PriceMismatch,
    SharedCustomer,
}

impl Story {
    pub const ALL: &[Self] = &[
        Self::TrialBegun,
        Self::TrialEnding,
        Self::TrialOver,
        Self::Monthly,
        Self::Yearly,
        Self::Canceling,
        Self::PastDue,
        Self::Restricted,
        Self::Paused,
        Self::Canceled,
        Self::Complimentary,
        Self::OverSeats,
        Self::PriceMismatch,
        Self::SharedCustomer,
    ];

    fn cast(self) -> Cast {
        let (key, owner, organization, days) = match self {
            Self::TrialBegun => ("trial", "Demo Beginner", "Fresh Start", 0),
            Self::TrialEnding => ("trial-ending", "Demo Hesitant", "Last Minute", 12),
            Self::TrialOver => ("trial-over", "Demo Latecomer", "Too Late", 17),
            Self::Monthly => ("monthly", "Demo Monthly", "Month by Month", 75),
            Self::Yearly => ("yearly", "Demo Yearly", "Long View", 100),
            Self::Canceling => ("canceling", "Demo Leaving", "On the Way Out", 50),
            Self::PastDue => ("past-due", "Demo Past Due", "Empty Card", 60),
            Self::Restricted => ("restricted", "Demo Restricted", "Past Grace", 80),
            Self::Paused => ("subscription-paused", "Demo Resting", "Winter Break", 80),
            Self::Canceled => ("canceled", "Demo Canceled", "Closed Chapter", 80),
            Self::Complimentary => ("complimentary", "Demo Friend", "Good Friends", 30),
            Self::OverSeats => ("over-seats", "Demo Crowded", "Crowded Room", 60),
            Self::PriceMismatch => ("price-mismatch", "Demo Old Price", "Old Price", 50),
            Self::SharedCustomer => ("shared-customer", "Demo Twins", "Twin North", 50),
        };
        Cast {
            key,
            owner,
            organization,
            days,
        }
    }

    /// The part of the owner's address before the domain.
    pub fn key(self) -> &'static str {
        self.cast().key
    }

    /// The organization's address.
    pub fn slug(self) -> String {
        slug(self.cast().organization)
    }
}

struct Cast {
    key: &'static str,
    owner: &'static str,
    organization: &'static str,
    /// How long ago it was begun.
    days: i64,
}

fn slug(organization: &str) -> String {
    organization.to_lowercase().replace(' ', "-")
}

/// Harmless to repeat, also after it was interrupted.
pub async fn seed(deps: &Deps, platform: &PlatformDatabase, control: &sandbox::Control) -> Result<()> {
    let shop = Shop::open(deps, platform, control).await?;
    if shop.is_empty() {
        tracing::warn!("nothing is for sale at the payment sandbox, so that the demo has nobody who pays");
        return Ok(());
    }
    keep_working(&shop).await?;
    for &story in Story::ALL {
        if is_told(platform, story).await? {
            continue;
        }
        let cast = story.cast();
        let then = shop.ago(cast.days);
        let owner = person(&then, cast.key, cast.owner).await?;
        verify(platform, &then, owner.id()).await?;
        history::make(&shop, story, &owner).await?;
    }
    Ok(())
}

/// An organization begins on trial. Whatever has happened to it, it never is again.
async fn is_told(platform: &PlatformDatabase, story: Story) -> Result<bool> {
    let state = state(platform, &story.slug()).await?;
    Ok(match story {
        Story::TrialBegun | Story::TrialEnding => state.is_some(),
        _ => state.is_some_and(|state| state != BillingState::Trialing),
    })
}

/// What is to be worked in goes on after its trial.
async fn keep_working(shop: &Shop<'_>) -> Result<()> {
    for (slug, plan, seats) in [
        (organization::SLUG, "team", 10),
        (full_house::SLUG, "starter", 5),
        (resting::SLUG, "starter", 1),
    ] {
        if let Some(owned) = not_a_customer(shop.platform, slug).await? {
            shop.buy(&owned, plan, Month, seats, 0).await?;
            shop.take_in(owned.tenant).await?;
        }
    }
    Ok(())
}

/// The same person in the present: what they did in the past was done in another session.
async fn today(shop: &Shop<'_>, story: Story) -> Result<UserActor> {
    let cast = story.cast();
    person(shop.deps, cast.key, cast.owner).await
}
