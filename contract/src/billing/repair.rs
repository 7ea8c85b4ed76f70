//! The desk at which the platform's staff repair bills.

use serde::{Deserialize, Serialize};

use super::{Closed, Money, PlanName};
use crate::{ids::TenantId, time::Moment};

keys! {
    /// What is held against the provider's.
    DeskFact {
        Subscription = "subscription",
        Plan = "plan",
        /// Of a period: what the catalogue asks for what is bought, and what is charged.
        Price = "price",
        Interval = "interval",
        Seats = "seats",
        State = "state",
        PeriodEnd = "period_end",
        /// When it ends, of one that was canceled.
        Cancel = "cancel",
        /// What waits for the renewal.
        Pending = "pending",
        Customer = "customer",
        /// The organization whose id the customer carries at the provider.
        ExternalId = "external_id",
    }
}

keys! {
    /// A safe fix.
    RepairKind {
        /// Another plan's limits beside what is paid for.
        Plan = "plan",
        /// A plan free of charge.
        Complimentary = "complimentary",
        /// Taking back what was given.
        TakeBack = "take_back",
        /// The seats that are paid for become those that are taken.
        Seats = "seats",
        /// Another customer at the provider, or none.
        Relink = "relink",
        /// The provider's word is taken.
        Sync = "sync",
    }
}

keys! {
    /// What a fix can change.
    RepairFact {
        Plan = "plan",
        State = "state",
        Until = "until",
        Projects = "projects",
        Members = "members",
        Guests = "guests",
        /// What the operator gave.
        Given = "given",
        Customer = "customer",
        Subscription = "subscription",
        Seats = "seats",
        SeatsUsed = "seats_used",
        Amount = "amount",
        Renews = "renews",
        Ends = "ends",
        Pending = "pending",
    }
}

keys! {
    /// What was repaired, as the organization reads it.
    AdjustmentKind {
        Plan = "plan",
        Complimentary = "complimentary",
        TakenBack = "taken_back",
        Seats = "seats",
        Relinked = "relinked",
        Synced = "synced",
    }
}

/// One line on the billing page: without who did it, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Adjustment {
    pub kind: AdjustmentKind,
    pub plan: Option<PlanName>,
    pub seats: Option<u32>,
    pub until: Option<Moment>,
    pub at: Moment,
}

/// Which differences a list shows, as it stands in the URL.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct DriftQuery {
    /// The key of a kind; empty is all.
    #[serde(default)]
    pub kind: String,
    /// What the page before this one gave as its end.
    #[serde(default)]
    pub after: String,
}

/// Where ours and the provider's differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DriftLine {
    /// The key of its kind.
    pub kind: String,
    pub ours: String,
    pub theirs: String,
    pub found: Moment,
    /// How long ago that was.
    pub hours: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DriftedOrganization {
    pub tenant: TenantId,
    pub name: String,
    pub slug: String,
    pub drift: DriftLine,
}

/// The oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DriftList {
    pub rows: Vec<DriftedOrganization>,
    /// The `after` of the next page.
    pub next: Option<String>,
}

/// Whether the provider could be asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ProviderAnswer {
    Told,
    /// It did not answer, in these words.
    Away(String),
    /// The operator has set up none.
    NotSetUp,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskLine {
    pub fact: DeskFact,
    pub ours: String,
    /// `None` while it is not known.
    pub theirs: Option<String>,
    pub differs: bool,
}

/// An organization that has the same customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sharing {
    pub tenant: TenantId,
    pub name: String,
}

/// What was repaired, as staff read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdjustmentRow {
    pub adjustment: Adjustment,
    pub reason: String,
    /// `None` for what was done at the terminal.
    pub by: Option<String>,
}

/// Ours beside the provider's, of one organization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepairDesk {
    pub tenant: TenantId,
    pub name: String,
    pub slug: String,
    pub drifts: Vec<DriftLine>,
    pub provider: ProviderAnswer,
    pub lines: Vec<DeskLine>,
    pub shared_with: Vec<Sharing>,
    /// Whether something is given that could be taken back.
    pub given: bool,
    /// The newest first.
    pub adjustments: Vec<AdjustmentRow>,
}

/// What a fix is to do. Fields that a kind has no use for are left empty.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RepairChoice {
    /// The key of a plan.
    #[serde(default)]
    pub plan: String,
    /// The instant at which it is over, in the person's own zone, as a browser's field sends it; empty for none.
    #[serde(default)]
    pub until: String,
    /// The provider's id of a customer; empty for none.
    #[serde(default)]
    pub customer: String,
}

/// Why a fix cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum RepairObstacle {
    /// The operator has set up no provider, or one that cannot do this.
    NotSetUp,
    /// The provider does not answer, in these words. Nothing was changed.
    ProviderAway(String),
    /// Something is given already: it is taken back first.
    GivenAlready,
    NothingGiven,
    UnknownPlan,
    /// It would be over before it began.
    Over,
    NothingBought,
    /// Seats cannot be changed at this moment.
    Closed(Closed),
    /// Another number of seats waits for the renewal.
    ChangeWaits,
    /// The seats that are paid for are those that are taken.
    SeatsRight,
    SameCustomer,
    CustomerUnknown,
    CustomerDeleted,
    /// It carries no organization's id.
    CustomerUnclaimed,
    /// It carries another organization's id.
    CustomerOfAnother,
    /// This organization has it too.
    CustomerShared(String),
    /// None was asked for, and the provider knows this one by the organization's id.
    CustomerThere(String),
    /// The customer that would be let go pays for a subscription that lives.
    StillPays,
    /// The provider says what is known.
    NothingDiffers,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepairLine {
    pub fact: RepairFact,
    pub before: String,
    pub after: String,
    pub changes: bool,
}

/// What a change of seats costs, before tax.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepairCharge {
    /// Charged at once; nothing when it waits for the renewal.
    pub today: Money,
    /// Charged for each period from the next renewal on.
    pub renewal: Money,
    pub effective: Moment,
}

/// What would change, and nothing has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DryRun {
    pub lines: Vec<RepairLine>,
    pub charge: Option<RepairCharge>,
    /// The kinds of differences that would be gone, and those that would stay.
    pub settles: Vec<String>,
    pub remains: Vec<String>,
    /// What was looked at. Sent along with the answer, which is refused when it has become something else meanwhile.
    pub seen: String,
}

/// A fix before it is made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepairPreview {
    pub tenant: TenantId,
    pub name: String,
    pub obstacle: Option<RepairObstacle>,
    /// `None` while there is an obstacle, or nothing is chosen yet.
    pub dry_run: Option<DryRun>,
    /// What can be given.
    pub plans: Vec<PlanName>,
    /// The customer the provider knows by the organization's id, for who links it anew.
    pub known_customer: Option<String>,
}
