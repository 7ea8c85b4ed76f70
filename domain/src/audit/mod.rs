//! The record of who did what. Written in the transaction that does it; no role of the application can change it.
//!
//! Entries form chains, each holding the hash of the one before it: one for every organization, and one for every person
//! for what belongs to no organization. What tells about people stands behind a digest of its own, so that it can be
//! erased and the chain holds.

mod action;
pub mod activity;
pub mod everything;
pub mod export;
mod filter;
pub mod list;
mod names;
mod recorded;
pub mod redact;
pub mod verify;

use contract::ids::{TenantId, UserId};
use serde_json::Value;
use uuid::Uuid;

pub use action::{Action, Chain};
pub use filter::Filter;
pub use names::{Named, Names};
pub use recorded::Recorded;

use crate::{Deps, Result, actor::RequestInfo, database::Transaction};

/// Entries that belong to a person and to no organization.
pub const NO_TENANT: TenantId = TenantId(Uuid::nil());

/// By which right the actor acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    Anonymous,
    Session,
    /// Somebody of the platform's staff on behalf of a member.
    Impersonation,
    /// Somebody of the platform's staff whom a member has let in.
    Support,
    /// Somebody of the platform's staff, in their own name.
    Staff,
    System,
}

impl Origin {
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::Anonymous => "anonymous",
            Self::Session => "session",
            Self::Impersonation => "impersonation",
            Self::Support => "support",
            Self::Staff => "staff",
            Self::System => "system",
        }
    }
}

/// One thing that happened. Made by an actor, see `OrgActor::audit` and its siblings.
#[derive(Debug)]
#[must_use = "an entry is recorded by `write`"]
pub struct Entry<'a> {
    pub(crate) action: Action,
    pub(crate) origin: Origin,
    pub(crate) tenant: TenantId,
    pub(crate) actor: Option<UserId>,
    pub(crate) on_behalf_of: Option<UserId>,
    pub(crate) request: &'a RequestInfo,
    pub(crate) subject_type: &'static str,
    pub(crate) subject_id: Option<Uuid>,
    pub(crate) before: Option<Value>,
    pub(crate) after: Option<Value>,
}

impl<'a> Entry<'a> {
    pub(crate) fn new(action: Action, origin: Origin, request: &'a RequestInfo) -> Self {
        Self {
            action,
            origin,
            tenant: NO_TENANT,
            actor: None,
            on_behalf_of: None,
            request,
            subject_type: action.subject(),
            subject_id: None,
            before: None,
            after: None,
        }
    }

    pub fn subject(mut self, id: impl Into<Uuid>) -> Self {
        self.subject_id = Some(id.into());
        self
    }

    /// For the visitor's entries, once it is known who it was.
    pub fn actor(mut self, user: UserId) -> Self {
        self.actor = Some(user);
        self
    }

    /// As whom the actor did it.
    pub(crate) fn on_behalf_of(mut self, user: UserId) -> Self {
        self.on_behalf_of = Some(user);
        self
    }

    /// In an organization's chain, where its people read it.
    pub(crate) fn inside(mut self, tenant: TenantId) -> Self {
        self.tenant = tenant;
        self
    }

    /// The named fields as they were. Never a secret.
    pub fn before(mut self, fields: Value) -> Self {
        self.before = Some(fields);
        self
    }

    /// The named fields as they are now. Never a secret.
    pub fn after(mut self, fields: Value) -> Self {
        self.after = Some(fields);
        self
    }

    /// Appends it to its chain: the organization's, or the person's. The end of the chain stays locked until the
    /// transaction ends, so that this comes last in it: whoever waits then waits for the commit alone, and nobody who holds
    /// it waits for anything else.
    pub async fn write(self, transaction: &mut Transaction, deps: &Deps) -> Result<()> {
        let holds = match self.tenant {
            NO_TENANT => self.action.chain().is_in_none(),
            _ => self.action.chain().is_in_organizations(),
        };
        debug_assert!(holds, "{} is not recorded in this chain", self.action.key());
        let chain = self.chain();
        if self.append(transaction, deps, chain).await? {
            return Ok(());
        }
        sqlx::query!(
            "insert into audit_chains (tenant_id, chain_id, position, hash) values ($1, $2, 0, sha256('')) \
             on conflict do nothing",
            self.tenant.0,
            chain,
        )
        .execute(&mut **transaction)
        .await?;
        if self.append(transaction, deps, chain).await? {
            Ok(())
        } else {
            Err(crate::Error::fault("an audit chain has no end"))
        }
    }

    /// The organization's, the person's, or that of the house.
    fn chain(&self) -> Uuid {
        if self.tenant == NO_TENANT {
            self.actor.map_or(Uuid::nil(), |user| user.0)
        } else {
            self.tenant.0
        }
    }

    /// Where it stands among others that are written in one transaction.
    fn place(&self) -> (bool, bool, Uuid) {
        let chain = self.chain();
        (self.tenant == NO_TENANT, chain.is_nil(), chain)
    }

    /// False when the chain has not begun.
    async fn append(&self, transaction: &mut Transaction, deps: &Deps, chain: Uuid) -> Result<bool> {
        let mut salt = [0; 16];
        deps.random.fill(&mut salt);
        let appended = sqlx::query!(
            r#"with place as materialized (
                select position + 1 as position, hash from audit_chains where tenant_id = $1 and chain_id = $2 for update
            ), details as (
                select audit_details_hash($12, $10, $11, $13, $14) as hash
            ), sealed as materialized (
                select place.position, details.hash as details_hash,
                    audit_entry_hash(place.hash, $1, $2, place.position, $3, $4, $5, $6, $7, $16, $8, $9, $15, details.hash) as hash
                from place, details
            ), entry as (
                insert into audit_log (tenant_id, chain_id, id, occurred_at, action, origin, actor_user_id, on_behalf_of_user_id, subject_type,
                    subject_id, before, after, details_salt, address, user_agent, request_id, position, details_hash, hash)
                select $1, $2, $3, $4, $5, $6, $7, $16, $8, $9, $10, $11, $12, $13, $14, $15, position, details_hash, hash
                from sealed
            )
            update audit_chains c set position = sealed.position, hash = sealed.hash
            from sealed where c.tenant_id = $1 and c.chain_id = $2"#,
            self.tenant.0,
            chain,
            deps.id::<Uuid>(),
            deps.now(),
            self.action.key(),
            self.origin.key(),
            self.actor.map(|user| user.0),
            self.subject_type,
            self.subject_id,
            self.before.clone(),
            self.after.clone(),
            &salt[..],
            self.request.address,
            self.request.user_agent,
            self.request.request_id,
            self.on_behalf_of.map(|user| user.0),
        )
        .execute(&mut **transaction)
        .await?;
        Ok(appended.rows_affected() == 1)
    }
}

/// Appends entries of several chains: those of organizations first, then those of people, then those of the house, each by its id.
/// Whoever writes to more than one chain keeps to this order, so that two who do wait for each other and not in a circle. Within
/// a chain they stay as they come.
pub(crate) async fn write_all(transaction: &mut Transaction, deps: &Deps, mut entries: Vec<Entry<'_>>) -> Result<()> {
    entries.sort_by_key(Entry::place);
    for entry in entries {
        entry.write(transaction, deps).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{TestDatabase, deps, organization, person};

    #[test]
    fn chains_are_written_in_one_order() {
        let request = RequestInfo::default();
        let entry = || Entry::new(Action::VisitEnded, Origin::System, &request);
        let [one, two] = [1, 2].map(Uuid::from_u128);
        let mut entries = [
            entry(),
            entry().actor(UserId(one)),
            entry().inside(TenantId(two)),
            entry().actor(UserId(two)).inside(TenantId(one)),
        ];
        entries.sort_by_key(Entry::place);
        let chains: Vec<_> = entries.iter().map(Entry::chain).collect();
        assert_eq!(chains, [one, two, one, Uuid::nil()]);
    }

    /// Whatever the order in which they are handed over.
    #[tokio::test]
    async fn who_waits_for_a_chain_holds_none_that_comes_after_it() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let (ann, tenant) = (acme.user().id(), acme.tenant().id);
        let mut held = database.owner().begin().await.unwrap();
        sqlx::query("select from audit_chains where tenant_id = $1 for update")
            .bind(tenant.0)
            .execute(&mut *held)
            .await
            .unwrap();
        let written = tokio::spawn(async move {
            let mut transaction = acme.begin(&deps).await.unwrap();
            let entry = || Entry::new(Action::VisitEnded, Origin::Session, acme.user().request()).actor(ann);
            write_all(&mut transaction, &deps, vec![entry(), entry().inside(tenant)]).await
        });
        while database.waiting().await == 0 {
            assert!(!written.is_finished(), "it waits for the organization's");
            tokio::task::yield_now().await;
        }
        sqlx::query("select from audit_chains where chain_id = $1 for update nowait")
            .bind(ann.0)
            .execute(&mut *held)
            .await
            .unwrap();
        held.commit().await.unwrap();
        written.await.unwrap().unwrap();
    }
}
