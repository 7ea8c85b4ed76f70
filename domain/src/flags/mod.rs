//! Feature flags: what was said about them, what follows for somebody, and how every node hears of a change.
//!
//! What there is to switch is declared in [`contract::flag`]. The value is made in one place, [`resolve`], which is pure; what was
//! said is remembered by each node, see [`Flags`], until the number in `feature_flag_version` moves.

mod cache;
pub mod change;
pub mod forget;
pub mod get;
mod kept;
pub mod list;
pub mod override_for;
pub mod preview;
pub mod remove_override;
mod resolve;
mod rollout;
pub mod watch;

use contract::ids::{TenantId, UserId};

pub use cache::Flags;
pub use resolve::{Said, State, resolve};

/// For whom a flag is asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Subject {
    pub user: Option<UserId>,
    pub tenant: Option<TenantId>,
    /// The key of the organization's plan.
    pub plan: Option<String>,
}

impl Subject {
    /// Somebody at work in an organization.
    pub fn of(org: &crate::actor::OrgActor) -> Self {
        Self {
            user: Some(org.user().id()),
            tenant: Some(org.tenant().id),
            plan: Some(org.tenant().plan.key.clone()),
        }
    }

    /// Whose place in a rollout counts: a whole organization's, so that its people see the same.
    fn rolled(&self) -> Option<uuid::Uuid> {
        let tenant = self.tenant.map(|tenant| tenant.0);
        tenant.or_else(|| self.user.map(|user| user.0))
    }
}
