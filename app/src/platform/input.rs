//! Ids as they come in. What is none names nothing.

use contract::{
    Error,
    error::Result,
    ids::{TenantId, UserId},
};

pub fn tenant_id(text: &str) -> Result<TenantId> {
    text.parse().map_err(|_| Error::NotFound)
}

pub fn user_id(text: &str) -> Result<UserId> {
    text.parse().map_err(|_| Error::NotFound)
}
