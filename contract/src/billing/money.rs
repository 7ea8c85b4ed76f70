//! Amounts on their way to a page. They are formatted on the server, in the person's language.

use serde::{Deserialize, Serialize};

/// An amount: exact for machines, readable for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Money {
    /// In the minor unit of the currency.
    pub amount: i64,
    /// ISO 4217, lower case.
    pub currency: String,
    /// For people, such as "$1,140.00".
    pub text: String,
}
