//! What can be chosen, and what a choice would come to.

use serde::{Deserialize, Serialize};

use super::{BillingInterval, Feature, KeepChoices, LimitUse, Money, PlanLimits, PlanName};
use crate::{error::Limit, time::Moment};

/// The plans that are for sale, for an organization that chooses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanChoices {
    pub plans: Vec<PlanChoice>,
    /// What is paid for now. Then a choice leads to the preview of a change, otherwise to the pay page.
    pub current: Option<Purchase>,
    /// Members and open invitations of members.
    pub seats_used: u32,
    /// Why nothing can be chosen at this moment.
    pub closed: Option<Closed>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Closed {
    /// The operator has set up no provider.
    NotSetUp,
    /// It was canceled and still runs: that is taken back first.
    Canceling,
    /// A renewal is not paid: the card comes first.
    PastDue,
    /// The subscription rests.
    Paused,
    /// Its product is not sold here, so that nothing here can be compared with it.
    Foreign,
    /// Only who manages the bills chooses.
    NotYours,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanChoice {
    pub plan: PlanName,
    pub limits: PlanLimits,
    pub features: Vec<Feature>,
    pub prices: Vec<PriceChoice>,
    /// It is paid for now, at whatever interval.
    pub current: bool,
    pub seats: SeatRange,
    /// What is used now and has no room in it.
    pub exceeded: Vec<LimitUse>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceChoice {
    pub interval: BillingInterval,
    /// Of one seat for one interval, before tax.
    pub seat: Money,
    /// It is paid for now.
    pub current: bool,
}

/// How many seats can be bought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeatRange {
    /// As many as are used, or as the plan has if that is fewer.
    pub min: u32,
    pub max: u32,
}

/// What is bought: a plan, how often it is paid for, and for how many.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Purchase {
    pub plan: PlanName,
    pub interval: BillingInterval,
    pub seats: u32,
}

/// When a change holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeTiming {
    /// At once, for the difference of the days that are left.
    Now,
    /// From the next period on.
    AtRenewal,
}

/// What a change of plan, interval or seats would come to if it were made now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangePreview {
    pub from: Purchase,
    pub to: Purchase,
    pub timing: ChangeTiming,
    /// Charged today, before tax; nothing when it waits for the renewal.
    pub today: Money,
    /// Charged for each period from the next renewal on, before tax.
    pub renewal: Money,
    /// From when on it holds.
    pub effective: Moment,
    /// The next renewal.
    pub renews: Option<Moment>,
    /// What would be paused.
    pub pauses: Vec<Pausing>,
    /// Open invitations that there would be no room for.
    pub without_room: u32,
    /// What is due today and at each renewal is at most what is said here: the provider takes a discount off.
    pub discounted: bool,
    /// Of the same, what can be chosen to stay.
    pub keep: KeepChoices,
    /// What waits for the renewal already, and would be replaced.
    pub replaces_pending: bool,
    /// What was looked at: sent along with the change, which is refused when it has become another since.
    pub version: i64,
}

/// More than the plan has room for, by name as far as the reader sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pausing {
    pub limit: Limit,
    pub used: u32,
    pub allowed: u32,
    pub paused: u32,
    pub names: Vec<String>,
}
