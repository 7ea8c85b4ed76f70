//! How an organization stands with its bills, for the page that says so.

use serde::{Deserialize, Serialize};

use super::{Adjustment, BillingInterval, BillingStanding, Feature, Money};
use crate::{error::Limit, time::Moment};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BillingOverview {
    pub standing: BillingStanding,
    /// The plan that counts at this moment, whoever pays for it.
    pub plan: PlanName,
    pub features: Vec<Feature>,
    /// Projects, members and guests.
    pub limits: Vec<LimitUse>,
    /// When what exceeds the plan is paused, while something does. In the past once it is.
    pub pauses: Option<Moment>,
    /// What was bought last, also when it has ended. `None` before anything was.
    pub subscription: Option<SubscriptionView>,
    /// What the operator gave instead of what is paid for: "adjusted by support".
    pub adjusted: Option<Adjusted>,
    /// What support repaired lately, the newest first.
    pub adjustments: Vec<Adjustment>,
    /// The newest first, the last year or two of them.
    pub invoices: Vec<Invoice>,
    pub payments: Payments,
    pub may: BillingRights,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanName {
    pub key: String,
    pub name: String,
}

/// What is used of something there can be only so many of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LimitUse {
    pub limit: Limit,
    pub used: u32,
    /// `None` is without a limit.
    pub allowed: Option<u32>,
}

impl LimitUse {
    /// Whether there is more than the plan has room for.
    pub fn is_exceeded(self) -> bool {
        self.allowed.is_some_and(|allowed| self.used > allowed)
    }
}

/// A subscription, in the words of the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubscriptionView {
    /// `None` for something that is not sold here.
    pub plan: Option<PlanName>,
    pub interval: Option<BillingInterval>,
    pub seats: u32,
    /// Members and open invitations of members.
    pub seats_used: u32,
    /// What is charged next, if anything is. Before tax. `None` while something is owed.
    pub next_charge: Option<NextCharge>,
    /// What could not be charged.
    pub owed: Option<Owed>,
    /// What waits for the renewal.
    pub pending: Option<PendingChange>,
    /// When its period ends, also when that is not paid.
    pub period_ends: Option<Moment>,
    /// It was canceled and runs until then; in the past once it has ended.
    pub ends: Option<Moment>,
    pub ended: bool,
    /// Since when a renewal is not paid.
    pub past_due_since: Option<Moment>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextCharge {
    pub amount: Money,
    pub at: Moment,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owed {
    pub amount: Money,
    /// When it is tried again, if that is known.
    pub next_attempt: Option<Moment>,
}

/// What is `None` stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PendingChange {
    pub plan: Option<PlanName>,
    pub interval: Option<BillingInterval>,
    pub seats: Option<u32>,
    pub applies: Moment,
}

/// A plan that the operator gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Adjusted {
    pub plan: PlanName,
    /// Free of charge; otherwise another plan's limits beside what is paid for.
    pub complimentary: bool,
    pub until: Option<Moment>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invoice {
    /// The provider's name for it, to ask for the document by.
    pub id: String,
    /// Given once it is paid.
    pub number: Option<String>,
    pub at: Moment,
    /// With tax.
    pub total: Money,
    pub status: InvoiceStatus,
    /// Whether there is a document to open.
    pub has_document: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvoiceStatus {
    Paid,
    /// Not charged yet, or the charge failed and is tried again.
    Open,
    Refunded,
    PartiallyRefunded,
    /// Nothing is owed for it any more.
    Void,
}

/// Whether anything can be paid here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payments {
    /// The operator has set up a provider.
    pub set_up: bool,
    pub portal: Portal,
}

/// The provider's pages for cards, addresses and tax details.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Portal {
    Available,
    /// The operator has set up no provider, or one without such pages.
    NotOffered,
    /// It is there from the first purchase on.
    NothingBought,
}

/// What the one who asks can do at this moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each of them stands alone")]
pub struct BillingRights {
    /// Buying a plan.
    pub choose: bool,
    /// Another plan or interval instead of the one that is paid for.
    pub change: bool,
    /// More or fewer seats.
    pub seats: bool,
    pub cancel: bool,
    pub undo_cancel: bool,
    /// Taking back what waits for the renewal.
    pub drop_change: bool,
    pub portal: bool,
    /// Choosing what stays in use of what exceeds the plan.
    pub keep: bool,
}
