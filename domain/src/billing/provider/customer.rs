//! Who pays, and their door to the provider's own pages.

use chrono::{DateTime, Utc};
use contract::ids::{TenantId, UserId};

use super::ids::CustomerId;

/// A person as the provider knows them: inside one organization's customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub user: UserId,
    pub email: String,
    pub name: String,
}

/// An organization that is about to pay for the first time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCustomer {
    pub tenant: TenantId,
    /// The organization's name.
    pub name: String,
    pub owner: Person,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Customer {
    pub id: CustomerId,
    /// Whose customer it is. `None` for one that was not made by us, or has been deleted.
    pub tenant: Option<TenantId>,
    pub name: Option<String>,
    pub email: Option<String>,
    pub deleted: bool,
    pub created_at: DateTime<Utc>,
    /// When it last changed; its creation if it never did.
    pub modified_at: DateTime<Utc>,
}

/// Somebody wants to see cards, invoices and tax details where they are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPortalSession {
    pub customer: CustomerId,
    /// Who goes there. Whom the provider does not know yet is made known first.
    pub person: Person,
    /// Where the way back leads.
    pub return_url: Option<String>,
}

/// A door for one person. Made at the press of the button: it is as good as a password until it ends.
#[derive(Clone, PartialEq, Eq)]
pub struct PortalSession {
    pub url: String,
    pub expires_at: DateTime<Utc>,
}

impl std::fmt::Debug for PortalSession {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PortalSession")
            .field("url", &"…")
            .field("expires_at", &self.expires_at)
            .finish()
    }
}
