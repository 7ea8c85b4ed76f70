//! Plans, what an organization pays for, and what follows from it.
//!
//! The provider is behind [`provider::PaymentProvider`]. What it tells is kept as facts; [`effective`] turns facts and the
//! clock into what an organization may do. Nothing here charges, refunds or cancels unless a person asked for it.

pub(crate) mod apply_limits;
pub mod catalogue;
pub mod effective;
pub(crate) mod excess;
pub mod limits;
pub mod policy;
pub mod provider;
pub mod standing;
pub(crate) mod take_in;

pub use effective::{Effective, Facts};
pub use policy::BillingPolicy;
