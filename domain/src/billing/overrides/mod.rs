//! What the operator gives an organization instead of what it pays for: for a while or until it is taken back, with a reason.
//!
//! These take no actor: they are the operator's, at the terminal of the machine; staff do the same at [`super::desk`]. The
//! organization reads in its log that it was done, and not why.

pub mod end;
pub mod grant;
pub mod list;

use contract::{ids::TenantId, slug::Slug};

use crate::{Result, database::Transaction};

/// What is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OverrideKind {
    /// A plan, free of charge.
    Complimentary,
    /// Another plan's limits for somebody who goes on paying what they pay.
    Plan,
}

impl OverrideKind {
    pub const ALL: &[Self] = &[Self::Complimentary, Self::Plan];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Complimentary => "complimentary",
            Self::Plan => "plan",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.key() == key)
    }
}

/// The organization at this address, whose row stays as it is until the transaction ends.
async fn lock(transaction: &mut Transaction, slug: &Slug) -> Result<Option<TenantId>> {
    let tenant = sqlx::query_scalar!(
        "select id from tenants where slug = $1::text::citext and deleted_at is null for update",
        slug.as_str(),
    )
    .fetch_optional(&mut **transaction)
    .await?;
    Ok(tenant.map(TenantId))
}
