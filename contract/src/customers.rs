//! Organizations and people as the platform's staff see them.

use serde::{Deserialize, Serialize};

use crate::{
    audit::AuditRow,
    billing::{BillingStanding, BillingState, Invoice, LimitUse, Money, PlanName},
    flag::FlagForOne,
    iam::MemberType,
    ids::{ReportId, SessionId, TenantId, UserId},
    notes::NoteRow,
    people::MemberStatus,
    staff::StaffRole,
    tenant::TenantStatus,
    time::Moment,
};

/// Whether somebody can sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountStatus {
    Active,
    /// Locked out by staff.
    Suspended,
    /// Paused by its owner.
    Deactivated,
}

impl AccountStatus {
    pub const ALL: &[Self] = &[Self::Active, Self::Suspended, Self::Deactivated];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Suspended => "suspended",
            Self::Deactivated => "deactivated",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|status| status.key() == key)
    }
}

/// Which organizations a list shows, as it stands in the URL. What is absent is not asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct OrganizationQuery {
    /// A part of the name or the address, the beginning of somebody's e-mail address, or an id.
    #[serde(default)]
    pub search: String,
    #[serde(default)]
    pub status: Option<TenantStatus>,
    #[serde(default)]
    pub state: Option<BillingState>,
    /// The key of a plan.
    #[serde(default)]
    pub plan: Option<String>,
    /// The last of the page before this one.
    #[serde(default)]
    pub before: Option<TenantId>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganizationRow {
    pub id: TenantId,
    pub name: String,
    pub slug: String,
    pub status: TenantStatus,
    pub plan: String,
    pub state: BillingState,
    pub people: u32,
    pub since: Moment,
}

/// The newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganizationList {
    pub rows: Vec<OrganizationRow>,
    /// The `before` of the next page.
    pub older: Option<TenantId>,
    pub plans: Vec<PlanName>,
}

/// Which people a list shows, as it stands in the URL.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PersonQuery {
    /// The beginning of the address, a part of the name, or an id.
    #[serde(default)]
    pub search: String,
    #[serde(default)]
    pub status: Option<AccountStatus>,
    #[serde(default)]
    pub before: Option<UserId>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonRow {
    pub id: UserId,
    pub name: String,
    pub email: String,
    pub verified: bool,
    pub status: AccountStatus,
    pub staff: Option<StaffRole>,
    pub organizations: u32,
    pub since: Moment,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonList {
    pub rows: Vec<PersonRow>,
    pub older: Option<UserId>,
}

/// Why staff have locked an organization or an account, who did it and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suspension {
    pub reason: String,
    pub by: String,
    pub at: Moment,
}

/// Everything about one organization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganizationDetail {
    pub id: TenantId,
    pub name: String,
    pub slug: String,
    pub former_slugs: Vec<String>,
    pub status: TenantStatus,
    pub since: Moment,
    pub created_by: UserId,
    /// `None` when their account was deleted.
    pub creator: Option<String>,
    pub purge_after: Option<Moment>,
    pub suspension: Option<Suspension>,
    pub plan: String,
    pub standing: BillingStanding,
    pub limits: Vec<LimitUse>,
    pub over_limit_since: Option<Moment>,
    pub bills: BillFacts,
    /// The first of them; `people_count` is of all.
    pub people: Vec<OrganizationPerson>,
    pub people_count: u32,
    pub devices: Vec<DeviceRow>,
    pub troubles: Vec<TroubleRow>,
    pub waiting: Vec<LockoutRow>,
    pub flags: Vec<FlagForOne>,
    pub notes: Vec<NoteRow>,
    pub entries: Vec<AuditRow>,
    /// Whether whoever looks may close and open it, and write notes.
    pub may_manage: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BillFacts {
    /// Who they are at the provider.
    pub customer: Option<String>,
    pub subscription: Option<SubscriptionFacts>,
    pub given: Option<GivenPlan>,
    pub invoices: Vec<Invoice>,
    pub drifts: Vec<DriftRow>,
}

/// The last that was bought, also when it has ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubscriptionFacts {
    pub id: String,
    /// As the provider calls it.
    pub status: String,
    /// The key of the plan; `None` when the product is none of ours.
    pub plan: Option<String>,
    pub seats: u32,
    /// For one period, before tax.
    pub amount: Money,
    pub renews: Option<Moment>,
    pub ends: Option<Moment>,
    pub past_due_since: Option<Moment>,
}

/// What the operator gave instead of what is paid for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivenPlan {
    pub plan: String,
    pub complimentary: bool,
    pub reason: String,
    pub until: Option<Moment>,
}

/// Where ours and the provider's differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DriftRow {
    /// The key of its kind.
    pub kind: String,
    pub ours: String,
    pub theirs: String,
    pub found: Moment,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganizationPerson {
    pub id: UserId,
    pub name: String,
    pub email: String,
    pub role: String,
    pub member_type: MemberType,
    pub status: MemberStatus,
    /// Their whole account rests, not only their place here.
    pub account_rests: bool,
    pub last_seen: Option<Moment>,
}

/// Somebody at a browser.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceRow {
    pub user: UserId,
    pub name: String,
    pub device: String,
    pub address: String,
    pub last_seen: Moment,
}

/// What went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trouble {
    Payment,
    PaymentEvent,
    Invitation,
    Job,
    Report,
    Fault,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TroubleRow {
    pub kind: Trouble,
    pub what: String,
    pub why: Option<String>,
    /// Where the whole of it is told.
    pub report: Option<ReportId>,
    /// The id of the request in which it happened.
    pub request: Option<String>,
    /// How often; more than once for faults alone.
    pub times: u32,
    /// Who met it last, where that is known.
    pub person: Option<String>,
    pub at: Moment,
}

/// What is counted, and how long it has to wait.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LockoutRow {
    /// The key of what is counted.
    pub policy: String,
    pub attempts: u32,
    /// `None` while further attempts are let in.
    pub until: Option<Moment>,
}

/// Everything about one account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonDetail {
    pub id: UserId,
    pub name: String,
    pub email: String,
    pub verified: Option<Moment>,
    pub status: AccountStatus,
    pub has_password: bool,
    pub factors: Factors,
    pub staff: Option<StaffRole>,
    pub since: Moment,
    pub suspension: Option<Suspension>,
    pub organizations: Vec<PersonPlace>,
    pub sessions: Vec<PersonSession>,
    pub lockouts: Vec<LockoutRow>,
    /// Whether whoever looks may do anything to them.
    pub may_manage: bool,
}

/// What guards an account besides its password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Factors {
    /// An authenticator app.
    pub app: bool,
    pub passkeys: u32,
    /// Recovery codes that were not used.
    pub codes: u32,
}

impl Factors {
    /// Whether one signs in in two steps. Codes alone guard nothing.
    pub const fn guard(self) -> bool {
        self.app || self.passkeys > 0
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonPlace {
    pub id: TenantId,
    pub name: String,
    pub slug: String,
    pub tenant_status: TenantStatus,
    pub role: String,
    pub member_type: MemberType,
    pub status: MemberStatus,
    pub since: Moment,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonSession {
    pub id: SessionId,
    pub device: String,
    pub address: String,
    pub signed_in: Moment,
    pub last_seen: Moment,
}

/// How the house is doing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HouseOverview {
    pub organizations: u32,
    pub suspended: u32,
    pub deleting: u32,
    pub on_trial: u32,
    pub paying: u32,
    pub past_due: u32,
    /// What comes in a month, each currency for itself.
    pub monthly: Vec<Money>,
    /// Those of each of the last thirty days, today last.
    pub sign_ups: Vec<DayCount>,
    /// Jobs that could run and wait.
    pub ready_jobs: u32,
    /// How long the first of them has waited, in seconds.
    pub oldest_ready_seconds: u32,
    /// Runs that failed in the last 24 hours, and jobs that were given up.
    pub failed_runs: u32,
    pub given_up_jobs: u32,
    /// Runs on each of the same days as `sign_ups`.
    pub runs: Vec<DayRuns>,
    /// Messages of the payment provider that wait to be taken in, and that could not be.
    pub waiting_events: u32,
    pub failed_events: u32,
    /// When the last one came, and for how many seconds the first of those that wait has waited.
    pub last_event: Option<Moment>,
    pub oldest_event_seconds: Option<u32>,
    /// One of them should have been tried long ago.
    pub events_overdue: bool,
    /// Messages on each of the same days, whatever became of them.
    pub events: Vec<DayCount>,
    /// Where ours and the provider's differ.
    pub open_drifts: u32,
    /// Reports of problems that are not closed.
    pub waiting_reports: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayCount {
    /// Such as "3 May 2026".
    pub day: String,
    pub count: u32,
}

/// What became of a day's runs of jobs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayRuns {
    /// Such as "3 May 2026".
    pub day: String,
    pub done: u32,
    pub failed: u32,
}

#[cfg(test)]
mod tests {
    use super::AccountStatus;

    #[test]
    fn keys_go_both_ways() {
        for &status in AccountStatus::ALL {
            assert_eq!(AccountStatus::from_key(status.key()), Some(status));
        }
    }
}
