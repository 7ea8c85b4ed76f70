//! The people of the platform: their roles and rights. A right of staff says nothing about what somebody may do inside an
//! organization, and a permission there nothing about this.

use serde::{Deserialize, Serialize};

use crate::{ids::UserId, time::Moment};

macro_rules! rights {
    ($($name:ident = $key:literal: $meaning:literal),+ $(,)?) => {
        /// What somebody of the staff may do. The key is `noun.verb`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum StaffRight { $(#[doc = $meaning] #[serde(rename = $key)] $name),+ }

        impl StaffRight {
            pub const ALL: &[Self] = &[$(Self::$name),+];

            pub const fn key(self) -> &'static str {
                match self { $(Self::$name => $key),+ }
            }

            /// In words, for the handbook.
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$name => $meaning),+ }
            }
        }
    };
}

rights! {
    OverviewRead = "overview.read": "See how the house is doing.",
    TenantsRead = "tenants.read": "Find organizations and see everything about one.",
    TenantsManage = "tenants.manage": "Suspend and restore organizations, and write notes about them.",
    UsersRead = "users.read": "Find people, their sessions and lockouts.",
    UsersManage = "users.manage": "Suspend and restore people, end their sessions, lift lockouts, make them choose a new password, take away a second factor that they have lost.",
    StaffRead = "staff.read": "See who is staff.",
    StaffManage = "staff.manage": "Invite staff, change their roles and end them.",
    AuditRead = "audit.read": "Read the audit log of every organization and of staff.",
    SecurityRead = "security.read": "See lockouts, suspicious sessions and storms of refused requests.",
    SecurityManage = "security.manage": "Respond to them.",
    VisitsRead = "visits.read": "See who visited whom.",
    Impersonate = "visits.impersonate": "See an organization as one of its members sees it.",
    ImpersonateElevated = "visits.elevate": "Change something there on behalf of a member, for minutes and with a fresh factor.",
    Support = "visits.support": "Ask for and enter support sessions.",
    IncidentsRead = "incidents.read": "See what everybody is and was told of incidents, also what is planned and archived.",
    IncidentsManage = "incidents.manage": "Tell everybody of incidents.",
    MaintenanceRead = "maintenance.read": "See which maintenance is on, planned and over.",
    MaintenanceManage = "maintenance.manage": "Close surfaces or organizations for maintenance, and open them again.",
    FlagsRead = "flags.read": "See flags and what they resolve to.",
    FlagsManage = "flags.manage": "Switch flags and roll them out.",
    BillingRead = "billing.read": "See plans, payments and where our facts differ from the provider's.",
    BillingRepair = "billing.repair": "Repair what differs, give plans away, and play events again.",
    PlansManage = "plans.manage": "Change what plans cost and include.",
    JobsRead = "jobs.read": "See queues, runs and failures.",
    JobsManage = "jobs.manage": "Retry, cancel and start jobs.",
    ReportsRead = "reports.read": "Read what people reported as a problem.",
    ReportsManage = "reports.manage": "Answer and close reports.",
}

/// What somebody of the staff is. One at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StaffRole {
    /// Everything.
    Superadmin,
    /// Helps customers.
    Support,
    /// Sees to plans and payments.
    Billing,
    /// Reads everything and changes nothing.
    Auditor,
}

impl StaffRole {
    pub const ALL: &[Self] = &[Self::Superadmin, Self::Support, Self::Billing, Self::Auditor];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Superadmin => "superadmin",
            Self::Support => "support",
            Self::Billing => "billing",
            Self::Auditor => "auditor",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|role| role.key() == key)
    }

    pub const fn rights(self) -> &'static [StaffRight] {
        use StaffRight as R;
        match self {
            Self::Superadmin => StaffRight::ALL,
            Self::Support => &[
                R::OverviewRead,
                R::TenantsRead,
                R::TenantsManage,
                R::UsersRead,
                R::UsersManage,
                R::StaffRead,
                R::AuditRead,
                R::SecurityRead,
                R::SecurityManage,
                R::VisitsRead,
                R::Impersonate,
                R::ImpersonateElevated,
                R::Support,
                R::IncidentsRead,
                R::IncidentsManage,
                R::MaintenanceRead,
                R::FlagsRead,
                R::BillingRead,
                R::JobsRead,
                R::ReportsRead,
                R::ReportsManage,
            ],
            Self::Billing => &[
                R::OverviewRead,
                R::TenantsRead,
                R::UsersRead,
                R::StaffRead,
                R::FlagsRead,
                R::BillingRead,
                R::BillingRepair,
                R::PlansManage,
                R::JobsRead,
                R::ReportsRead,
            ],
            Self::Auditor => &[
                R::OverviewRead,
                R::TenantsRead,
                R::UsersRead,
                R::StaffRead,
                R::AuditRead,
                R::SecurityRead,
                R::VisitsRead,
                R::IncidentsRead,
                R::MaintenanceRead,
                R::FlagsRead,
                R::BillingRead,
                R::JobsRead,
                R::ReportsRead,
            ],
        }
    }

    pub fn has(self, right: StaffRight) -> bool {
        self.rights().contains(&right)
    }

    /// The roles that have it.
    pub fn with(right: StaffRight) -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(move |role| role.has(right))
    }
}

/// Somebody of the staff, for the list of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffMember {
    pub id: UserId,
    pub name: String,
    pub email: String,
    pub role: StaffRole,
    pub since: Moment,
    /// `None` for who is not signed in anywhere.
    pub last_seen: Option<Moment>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_auditor_only_reads() {
        for right in StaffRole::Auditor.rights() {
            let verb = right.key().split_once('.').map(|(_, verb)| verb);
            assert_eq!(verb, Some("read"), "{}", right.key());
        }
    }

    #[test]
    fn an_auditor_reads_everything() {
        let reading = |right: &&StaffRight| right.key().split_once('.').is_some_and(|(_, verb)| verb == "read");
        for right in StaffRight::ALL.iter().filter(reading) {
            assert!(StaffRole::Auditor.has(*right), "{}", right.key());
        }
    }

    /// Whoever may change something sees it as well.
    #[test]
    fn who_manages_reads() {
        for role in StaffRole::ALL {
            for right in role.rights() {
                let noun = right.key().split_once('.').map(|(noun, _)| noun).unwrap_or_default();
                let reading = StaffRight::ALL
                    .iter()
                    .find(|right| right.key() == format!("{noun}.read"));
                assert!(
                    reading.is_none_or(|reading| role.has(*reading)),
                    "{role:?}: {}",
                    right.key()
                );
            }
        }
    }

    #[test]
    fn only_superadmins_decide_who_is_staff() {
        let managers: Vec<_> = StaffRole::with(StaffRight::StaffManage).collect();
        assert_eq!(managers, [StaffRole::Superadmin]);
    }

    #[test]
    fn keys_go_both_ways_and_are_there_once() {
        for role in StaffRole::ALL {
            assert_eq!(StaffRole::from_key(role.key()), Some(*role));
        }
        let mut keys: Vec<_> = StaffRight::ALL.iter().map(|right| right.key()).collect();
        keys.sort_unstable();
        let count = keys.len();
        keys.dedup();
        assert_eq!(keys.len(), count);
    }
}
