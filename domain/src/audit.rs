//! The record of who did what. Written in the transaction that does it; no role of the application can change it.

use contract::ids::{TenantId, UserId};
use serde_json::Value;
use uuid::Uuid;

use crate::{Deps, Result, actor::RequestInfo, database::Transaction};

/// Entries that belong to a person and to no organization.
pub const NO_TENANT: TenantId = TenantId(Uuid::nil());

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident = $key:literal),+ $(,)?) => {
        /// Everything that is recorded. The key is `subject.what_happened`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Action { $($(#[$doc])* $name),+ }

        impl Action {
            pub const ALL: &[Self] = &[$(Self::$name),+];

            pub const fn key(self) -> &'static str {
                match self { $(Self::$name => $key),+ }
            }
        }
    };
}

actions! {
    UserSignedUp = "user.signed_up",
    UserSignedIn = "user.signed_in",
    UserSignInFailed = "user.sign_in_failed",
    UserSignedOut = "user.signed_out",
    UserEmailVerified = "user.email_verified",
    UserPasswordChanged = "user.password_changed",
    UserPasswordReset = "user.password_reset",
    UserProfileUpdated = "user.profile_updated",
    SessionRevoked = "session.revoked",
    TenantCreated = "tenant.created",
    TenantUpdated = "tenant.updated",
    ProjectCreated = "project.created",
    ProjectUpdated = "project.updated",
    ProjectArchived = "project.archived",
    ProjectUnarchived = "project.unarchived",
    ProjectDeleted = "project.deleted",
    ProjectRestored = "project.restored",
    TaskCreated = "task.created",
    TaskUpdated = "task.updated",
    TaskDeleted = "task.deleted",
    TaskRestored = "task.restored",
}

/// By which right the actor acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    Anonymous,
    Session,
    System,
}

impl Origin {
    const fn key(self) -> &'static str {
        match self {
            Self::Anonymous => "anonymous",
            Self::Session => "session",
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
    pub(crate) request: &'a RequestInfo,
    pub(crate) subject_type: &'static str,
    pub(crate) subject_id: Option<Uuid>,
    pub(crate) before: Option<Value>,
    pub(crate) after: Option<Value>,
}

impl<'a> Entry<'a> {
    pub(crate) fn new(action: Action, origin: Origin, request: &'a RequestInfo) -> Self {
        let subject_type = action.key().split_once('.').map_or("", |(subject, _)| subject);
        Self {
            action,
            origin,
            tenant: NO_TENANT,
            actor: None,
            request,
            subject_type,
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

    pub async fn write(self, transaction: &mut Transaction, deps: &Deps) -> Result<()> {
        sqlx::query!(
            "insert into audit_log (tenant_id, id, occurred_at, action, origin, actor_user_id, subject_type, subject_id, \
             before, after, address, user_agent, request_id) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
            self.tenant.0,
            deps.id::<Uuid>(),
            deps.now(),
            self.action.key(),
            self.origin.key(),
            self.actor.map(|user| user.0),
            self.subject_type,
            self.subject_id,
            self.before,
            self.after,
            self.request.address,
            self.request.user_agent,
            self.request.request_id,
        )
        .execute(&mut **transaction)
        .await?;
        Ok(())
    }
}
