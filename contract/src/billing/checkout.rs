//! The way back from the provider's pay page.

use serde::{Deserialize, Serialize};

use super::PlanName;

/// How a checkout has gone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckoutState {
    /// Paid or about to be; the provider has not said so yet. Asked again in a moment, it is known.
    Confirming,
    /// The plan is there.
    Active { plan: PlanName, seats: u32 },
    /// Nothing was paid, or the card was declined: the page is still open.
    Open { url: String },
    /// Too late for that page, or another one was opened instead: begin anew.
    Expired,
}
