//! Organizations and people as staff see them: found among all, shown with everything about them, closed and opened again.
//!
//! Nothing here acts for a customer. What is done is written into the chain of the organization it concerns, or into that of
//! who did it.

pub mod organizations;
pub mod overview;
pub mod people;
pub(crate) mod search;
