//! The catalogue as staff edit it: `GET` and `PUT /api/v1/admin/plan-limits`, and the pages of plans.

use serde::{Deserialize, Serialize};

use super::{BillingInterval, Feature, PlanLimits};
use crate::{error::Limit, time::Moment};

/// A plan with everything that can be changed about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanSettings {
    /// Names it for good.
    pub key: String,
    /// The one that was read. Saved again, it must still be that.
    pub version: i64,
    pub name: String,
    pub limits: PlanLimits,
    pub features: Vec<Feature>,
    /// Whether it is offered to everybody.
    pub public: bool,
    /// Whether it is not sold any more. Who has it keeps it.
    pub archived: bool,
    /// What is on sale. One that is left out is not sold any more.
    pub prices: Vec<PriceSetting>,
}

/// What one seat costs, and what it is sold as.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PriceSetting {
    pub interval: BillingInterval,
    /// ISO 4217, lower case.
    pub currency: String,
    /// For one interval, in minor units.
    pub amount: i64,
    /// The provider's id of its product; `None` until the catalogue is published there.
    #[serde(default)]
    pub product: Option<String>,
}

/// The body of both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanCatalogue {
    pub plans: Vec<PlanSettings>,
}

/// What became of a `PUT`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlansSaved {
    Saved(PlanCatalogue),
    /// Nothing was saved: of these plans another version is there. 409.
    Changed(Vec<PlanConflict>),
}

/// What was changed since a plan was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanConflict {
    pub plan: String,
    /// The version that is there now.
    pub version: i64,
    /// The oldest first.
    pub changes: Vec<PlanChange>,
}

/// One save of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanChange {
    pub version: i64,
    pub fields: Vec<String>,
    pub by: String,
    pub at: Moment,
}

/// A plan in the list of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanRow {
    pub plan: PlanSettings,
    /// How many organizations have it now.
    pub organizations: u32,
    pub last_change: Option<PlanChange>,
}

/// What saving would come to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanReview {
    /// As it is now.
    pub now: PlanSettings,
    /// The names of what would change.
    pub fields: Vec<String>,
    /// Of each limit that is lowered, how many organizations would be over it that are not now.
    pub over: Vec<OverLimit>,
    /// Prices that the provider sells: they stay with those who pay them, and are sold to nobody else.
    pub replaced: Vec<BillingInterval>,
    /// What somebody else saved since it was read, the oldest first: then it cannot be saved.
    pub meanwhile: Vec<PlanChange>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct OverLimit {
    pub limit: Limit,
    pub organizations: u32,
}

/// A plan as a form sends it: limits and amounts as they are typed, and nothing typed is none.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PlanForm {
    pub plan: String,
    pub version: i64,
    pub name: String,
    #[serde(default)]
    pub projects: String,
    #[serde(default)]
    pub members: String,
    #[serde(default)]
    pub guests: String,
    /// Their keys.
    #[serde(default)]
    pub features: Vec<String>,
    #[serde(default)]
    pub public: Option<String>,
    #[serde(default)]
    pub archived: Option<String>,
    #[serde(default)]
    pub month: String,
    #[serde(default)]
    pub month_product: String,
    #[serde(default)]
    pub year: String,
    #[serde(default)]
    pub year_product: String,
}
