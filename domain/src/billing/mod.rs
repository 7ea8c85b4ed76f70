//! Plans, what an organization pays for, and what follows from it.
//!
//! The provider is behind [`provider::PaymentProvider`]. What it tells is kept as facts; [`effective`] turns facts and the
//! clock into what an organization may do. Nothing here charges, refunds or cancels unless a person asked for it.

pub mod adjustments;
mod answer;
pub(crate) mod apply_limits;
pub(crate) mod by_time;
pub mod cancel;
pub mod catalogue;
pub mod change;
pub mod change_plan;
pub mod checkout;
pub mod choices;
pub mod confirm;
pub(crate) mod customer;
pub mod desk;
pub mod drifts;
pub mod drop_change;
pub mod editor;
pub mod effective;
pub mod events;
pub(crate) mod excess;
pub mod held;
pub mod invoice;
pub mod keep;
pub mod keep_ahead;
pub(crate) mod leaving;
pub mod limits;
pub mod notice;
mod one_at_a_time;
pub(crate) mod over_limits;
pub mod overrides;
pub mod overview;
pub mod policy;
pub mod portal;
pub mod preview;
pub mod price;
pub mod provider;
pub(crate) mod quote;
pub(crate) mod refresh;
pub(crate) mod refusal;
pub mod standing;
pub(crate) mod take_in;
#[cfg(test)]
pub(crate) mod testing;
pub(crate) mod told;
pub mod transition;
pub mod undo_cancel;
pub(crate) mod usage;
mod waiting;
mod wanted;

pub use effective::{Effective, Facts};
pub use held::Held;
pub use policy::BillingPolicy;
pub use wanted::Wanted;
