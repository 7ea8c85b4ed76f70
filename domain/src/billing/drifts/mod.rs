//! Where ours and the provider's differ. Named, never repaired by itself.

pub(crate) mod compare;
pub mod list;
pub(crate) mod note;
pub mod reconcile;
pub(crate) mod sides;

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $key:literal),+ $(,)?) => {
        /// What differs.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum DriftKind { $($(#[$doc])* $name),+ }

        impl DriftKind {
            pub const ALL: &[Self] = &[$(Self::$name),+];

            pub const fn key(self) -> &'static str {
                match self { $(Self::$name => $key),+ }
            }

            pub fn from_key(key: &str) -> Option<Self> {
                match key { $($key => Some(Self::$name),)+ _ => None }
            }
        }
    };
}

kinds! {
    /// We know a customer that the provider does not know.
    MissingCustomer = "missing_customer",
    /// We know a live subscription that the provider does not know.
    MissingSubscription = "missing_subscription",
    /// Two organizations are one customer.
    SharedCustomer = "shared_customer",
    /// What is charged is not what the catalogue says.
    PriceMismatch = "price_mismatch",
    /// More than one subscription is charged.
    SeveralSubscriptions = "several_subscriptions",
    /// The seats that are paid for are not those we know of.
    SeatDrift = "seat_drift",
    /// What was bought for one organization is paid by another one's customer.
    OwnershipMismatch = "ownership_mismatch",
    /// It could not be compared, because the provider did not answer.
    ProviderOutage = "provider_outage",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_go_both_ways() {
        for &kind in DriftKind::ALL {
            assert_eq!(DriftKind::from_key(kind.key()), Some(kind));
        }
    }
}
