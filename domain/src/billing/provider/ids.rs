//! Identifiers of the provider. Opaque: nothing is read out of them, and they are not ours.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! provider_ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            pub fn new(id: impl Into<String>) -> Self {
                Self(id.into())
            }

            pub fn as_str(&self) -> &str {
                &self.0
            }

            pub fn into_string(self) -> String {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl From<String> for $name {
            fn from(id: String) -> Self {
                Self(id)
            }
        }

        impl From<&str> for $name {
            fn from(id: &str) -> Self {
                Self(id.to_owned())
            }
        }
    )+};
}

provider_ids! {
    /// Who pays: one for every organization.
    CustomerId,
    /// One visit to the provider's pay page.
    CheckoutId,
    SubscriptionId,
    /// What is charged once: the first payment, a renewal, a change, a one-time purchase.
    OrderId,
    /// What is for sale: one for every plan and interval.
    ProductId,
}
