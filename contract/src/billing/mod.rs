//! Plans, what an organization pays for, and what follows from it. Amounts are integers in the minor unit of their currency.

mod catalogue;
mod checkout;
mod choice;
mod keep;
mod money;
mod overview;

use serde::{Deserialize, Serialize};

pub use catalogue::{
    OverLimit, PlanCatalogue, PlanChange, PlanConflict, PlanForm, PlanReview, PlanRow, PlanSettings, PlansSaved,
    PriceSetting,
};
pub use checkout::CheckoutState;
pub use choice::{
    ChangePreview, ChangeTiming, Closed, Pausing, PlanChoice, PlanChoices, PriceChoice, Purchase, SeatRange,
};
pub use keep::{KeepChoice, KeepChoices, KeepList};
pub use money::Money;
pub use overview::{
    Adjusted, BillingOverview, BillingRights, Invoice, InvoiceStatus, LimitUse, NextCharge, Owed, Payments,
    PendingChange, PlanName, Portal, SubscriptionView,
};
pub use repair::{
    Adjustment, AdjustmentKind, AdjustmentRow, DeskFact, DeskLine, DriftLine, DriftList, DriftQuery,
    DriftedOrganization, DryRun, ProviderAnswer, RepairCharge, RepairChoice, RepairDesk, RepairFact, RepairKind,
    RepairLine, RepairObstacle, RepairPreview, Sharing,
};

use crate::{error::Limit, time::Moment};

macro_rules! keys {
    ($(#[$doc:meta])* $name:ident { $($(#[$of:meta])* $variant:ident = $key:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$of])* #[serde(rename = $key)] $variant),+ }

        impl $name {
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            pub const fn key(self) -> &'static str {
                match self { $(Self::$variant => $key),+ }
            }

            pub fn from_key(key: &str) -> Option<Self> {
                match key { $($key => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

// Behind the macro that it uses.
mod repair;

keys! {
    /// Where an organization stands with its bills at this moment.
    BillingState {
        /// In the days before anything has to be paid.
        Trialing = "trialing",
        /// Paid for.
        Active = "active",
        /// Paid for until the end of the period, and not renewed.
        Canceling = "canceling",
        /// A renewal could not be charged; everything works for some days more.
        PastDue = "past_due",
        /// Those days are over, and the provider still tries: everything can be read.
        Restricted = "restricted",
        /// The subscription rests.
        Paused = "paused",
        /// Given by the operator, free of charge.
        Complimentary = "complimentary",
        /// The last subscription has ended.
        Canceled = "canceled",
        /// Nothing was ever bought, and the trial is over.
        None = "none",
    }
}

keys! {
    /// How often is paid.
    BillingInterval {
        Month = "month",
        Year = "year",
    }
}

keys! {
    /// What a plan has or has not.
    Feature {
        /// Taking the audit log away as a file.
        AuditExport = "audit_export",
    }
}

keys! {
    /// Why somebody cancels.
    CancelReason {
        TooExpensive = "too_expensive",
        MissingFeature = "missing_feature",
        JustTesting = "just_testing",
        Other = "other",
    }
}

keys! {
    /// The small sign in the frame of every page.
    Pill {
        /// On trial, with time left.
        Pristine = "pristine",
        /// On trial, three days or less.
        Warning = "warning",
        /// On trial, the last day.
        Urgent = "urgent",
        /// The trial is over and nothing was bought.
        Expired = "expired",
        Paid = "paid",
        Complimentary = "complimentary",
        PastDue = "past_due",
        Paused = "paused",
        /// It ends, or has ended.
        Canceled = "canceled",
    }
}

keys! {
    /// What is said over every page, to who can do something about it.
    BillingBanner {
        TrialEnding = "trial_ending",
        TrialOver = "trial_over",
        PastDue = "past_due",
        Restricted = "restricted",
        Paused = "paused",
        Canceled = "canceled",
    }
}

/// Whether an organization can be worked in as far as its bills go. Billing itself, reading and taking data away always work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Access {
    Full,
    ReadOnly,
}

impl BillingState {
    pub const fn access(self) -> Access {
        match self {
            Self::Trialing | Self::Active | Self::Canceling | Self::PastDue | Self::Complimentary => Access::Full,
            Self::Restricted | Self::Paused | Self::Canceled | Self::None => Access::ReadOnly,
        }
    }
}

/// How an organization stands with its bills, for the frame around its pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BillingStanding {
    pub state: BillingState,
    pub pill: Pill,
    pub banner: Option<BillingBanner>,
    /// Whole days until `until`, counting the one that has begun; only on trial and in the days of grace.
    pub days_left: Option<u32>,
    /// When the state ends by itself.
    pub until: Option<Moment>,
}

/// How much a plan allows; `None` is without a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PlanLimits {
    pub projects: Option<u32>,
    pub members: Option<u32>,
    pub guests: Option<u32>,
}

impl PlanLimits {
    /// How many of it there can be; `None` also for what no plan limits.
    pub const fn of(self, limit: Limit) -> Option<u32> {
        match limit {
            Limit::Projects => self.projects,
            Limit::Members => self.members,
            Limit::Guests => self.guests,
            Limit::Roles | Limit::Workspaces => None,
        }
    }
}

/// What one seat costs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeatPrice {
    pub interval: BillingInterval,
    /// For one interval.
    pub amount: i64,
    /// ISO 4217, lower case.
    pub currency: String,
}

/// A plan as it is sold: `GET /api/v1/plans/public`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicPlan {
    pub key: String,
    pub name: String,
    pub limits: PlanLimits,
    pub features: Vec<Feature>,
    pub prices: Vec<SeatPrice>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_go_both_ways() {
        for &state in BillingState::ALL {
            assert_eq!(BillingState::from_key(state.key()), Some(state));
        }
        assert_eq!(BillingInterval::from_key("day"), None);
    }

    #[test]
    fn what_is_paid_for_or_given_can_be_worked_in() {
        let working: Vec<&str> = BillingState::ALL
            .iter()
            .filter(|state| state.access() == Access::Full)
            .map(|state| state.key())
            .collect();
        assert_eq!(
            working,
            ["trialing", "active", "canceling", "past_due", "complimentary"]
        );
    }
}
