//! What a person reads about who of the staff saw an organization with their eyes.

use serde::{Deserialize, Serialize};

use crate::{
    support::{SupportDetail, SupportRow},
    visits::{VisitDetail, VisitRow},
};

/// A visit, or a support session in which somebody came in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum AccountAccess {
    Visit(VisitRow),
    Support(SupportRow),
}

/// The same with what was done in it, the latest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum AccountAccessDetail {
    Visit(VisitDetail),
    Support(SupportDetail),
}
