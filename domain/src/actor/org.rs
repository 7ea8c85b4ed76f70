//! A member at work in one organization.

mod entrance;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use contract::{
    error::Limit,
    iam::{DefaultRole, MemberType, Permission, PermissionSet},
    ids::{RoleId, TenantId},
    slug::Slug,
    tenant::TenantStatus,
};

use super::{
    rights::{effective, reach},
    user::UserActor,
    visit::Visit,
};
use crate::{
    Deps, Result,
    audit::{Action, Entry},
    billing::standing::TenantPlan,
    database::{self, Mode, Reach, Transaction},
    maintenance::{Held, Window},
    standing::Purpose,
};

/// The organization a member is in.
#[derive(Debug, Clone)]
pub struct Tenant {
    pub id: TenantId,
    pub slug: Slug,
    pub name: String,
    pub status: TenantStatus,
    /// When one that was deleted is gone for good.
    pub purge_after: Option<DateTime<Utc>>,
    /// Whether only those who have proven a second factor are let in.
    pub second_factor_required: bool,
    /// The plan that counts at this moment, and how it is paid for.
    pub plan: TenantPlan,
}

/// A member at work in one organization. Cheap to clone.
#[derive(Debug, Clone)]
pub struct OrgActor {
    user: UserActor,
    tenant: Arc<Tenant>,
    role: Arc<Role>,
    member_type: MemberType,
    permissions: PermissionSet,
    ownership_offered: bool,
    paused: bool,
    maintenance: Option<Arc<Window>>,
    held: Option<Held>,
}

/// What a member is in their organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    pub id: RoleId,
    pub key: String,
    pub name: String,
}

impl OrgActor {
    pub fn user(&self) -> &UserActor {
        &self.user
    }

    pub fn tenant(&self) -> &Tenant {
        &self.tenant
    }

    pub fn role(&self) -> &Role {
        &self.role
    }

    pub fn is_owner(&self) -> bool {
        self.role.key == DefaultRole::Owner.key()
    }

    pub fn member_type(&self) -> MemberType {
        self.member_type
    }

    pub fn permissions(&self) -> PermissionSet {
        self.permissions
    }

    /// Whether an owner has offered them the organization, and waits for an answer.
    pub fn ownership_offered(&self) -> bool {
        self.ownership_offered
    }

    pub fn require(&self, permission: Permission) -> Result<()> {
        if self.permissions.contains(permission) {
            Ok(())
        } else {
            Err(contract::Error::Forbidden.into())
        }
    }

    /// For what changes something: the right, an organization that is active and paid for, and a member whom its plan has
    /// room for.
    pub fn require_change(&self, permission: Permission) -> Result<()> {
        self.require_relief(permission)?;
        self.tenant.plan.require_paid()?;
        if self.paused {
            Err(contract::Error::PausedByPlan {
                limit: Limit::of(self.member_type),
            }
            .into())
        } else {
            Ok(())
        }
    }

    /// For what makes an organization smaller, or settles its bills: possible whether or not it is paid for, so that nobody is
    /// kept in what they cannot pay.
    pub fn require_relief(&self, permission: Permission) -> Result<()> {
        self.require(permission)?;
        if let Some(visit) = self.visit() {
            visit.require_covered(permission)?;
        }
        self.require_open()?;
        match self.tenant.status {
            TenantStatus::Active => Ok(()),
            TenantStatus::Suspended | TenantStatus::Deactivated | TenantStatus::Deleting => {
                Err(contract::Error::TenantInactive.into())
            }
        }
    }

    /// Refuses while maintenance lets nobody change anything here.
    pub(crate) fn require_open(&self) -> Result<()> {
        match self.held {
            None => Ok(()),
            Some(held) => Err(held.refusal().into()),
        }
    }

    /// What is on for this organization, whatever it closes.
    pub fn maintenance(&self) -> Option<&Window> {
        self.maintenance.as_deref()
    }

    /// The visit in which somebody of the staff acts as this member.
    pub fn visit(&self) -> Option<&Visit> {
        self.user.visit()
    }

    /// For what only the member does with their own hands, whatever a visit may otherwise: what leads out of the product, or
    /// takes something out of it.
    pub fn require_own_hands(&self) -> Result<()> {
        match self.visit() {
            None => Ok(()),
            Some(_) => Err(contract::Error::NotInVisit.into()),
        }
    }

    /// Whether what follows may write: everybody who acts for themselves, and a visit once it was found to cover it.
    fn may_write(&self) -> bool {
        self.visit().is_none_or(Visit::may_write)
    }

    /// For what is about to lock or write, before Postgres says it: a visit that only looks is told why.
    pub(crate) fn require_writing(&self) -> Result<()> {
        if self.may_write() {
            Ok(())
        } else {
            Err(contract::Error::NotInVisit.into())
        }
    }

    /// One or the other.
    pub(crate) fn require_for(&self, purpose: Purpose, permission: Permission) -> Result<()> {
        match purpose {
            Purpose::Change => self.require_change(permission),
            Purpose::Relief => self.require_relief(permission),
        }
    }

    /// Whether the plan has no room for this member at the moment, so that they read and change nothing.
    pub fn is_paused(&self) -> bool {
        self.paused
    }

    pub(crate) fn reach(&self) -> Reach {
        reach(self.permissions, self.member_type)
    }

    /// For what has to be possible whatever is closed: that nobody of the staff is in any longer. With the member's own hands:
    /// a visit ends nothing of the organization's.
    pub(crate) async fn begin_ending(&self, deps: &Deps) -> Result<Transaction> {
        self.require_own_hands()?;
        deps.database
            .begin_for_tenant(self.user.id(), self.tenant.id, self.reach(), Mode::Writing)
            .await
    }

    /// It only reads while maintenance lets nobody change anything here, and in a visit, but behind a change that
    /// [`Self::require_change`] has let pass.
    pub async fn begin(&self, deps: &Deps) -> Result<Transaction> {
        let mode = if self.held.is_none() && self.may_write() {
            Mode::Writing
        } else {
            Mode::Reading
        };
        deps.database
            .begin_for_tenant(self.user.id(), self.tenant.id, self.reach(), mode)
            .await
    }

    /// The same for what changes something inside the organization: where its people stand stays as it is until the
    /// transaction ends. Whoever begins it asks once more, see [`crate::standing::ask_again`].
    pub(crate) async fn begin_held(&self, deps: &Deps) -> Result<Transaction> {
        self.require_writing()?;
        self.require_open()?;
        deps.database
            .begin_held(self.user.id(), self.tenant.id, self.reach())
            .await
    }

    /// Whether these rights, read behind the organization's row for somebody of the actor's type, are those that they came
    /// in with.
    pub(crate) fn stands_with(&self, rights: &[String]) -> bool {
        let rights = effective(rights, self.member_type);
        let rights = self.visit().map_or(rights, |visit| visit.within(rights));
        rights == self.permissions
    }

    /// Whether a transaction of [`Self::begin`] shows all there is.
    pub(crate) fn sees_everything(&self) -> bool {
        self.reach() == Reach::All
    }

    /// Lets the rest of the transaction see everything, to count it against a limit. What the member may see is decided
    /// before that.
    pub(crate) async fn see_everything(&self, transaction: &mut Transaction) -> Result<()> {
        if self.sees_everything() {
            Ok(())
        } else {
            database::set_reach(transaction, Reach::All).await
        }
    }

    pub fn audit(&self, action: Action) -> Entry<'_> {
        let mut entry = self.user.audit(action);
        entry.tenant = self.tenant.id;
        entry
    }
}

/// An entry for an organization that the person acts on without having entered it: they make it, join it or leave it.
pub(crate) fn audit_in_tenant(user: &UserActor, tenant: TenantId, action: Action) -> Entry<'_> {
    let mut entry = user.audit(action);
    entry.tenant = tenant;
    entry
}

/// Lets the creator of an organization work in it within the transaction that creates it.
pub(crate) async fn enter_new_tenant(transaction: &mut Transaction, tenant: TenantId) -> Result<()> {
    database::enter_tenant(transaction, tenant).await
}
