//! Organizations: the list of all, everything about one, notes, and closing one.

mod bills;
pub mod get;
pub mod list;
mod members;
pub mod note;
pub mod reinstate;
pub mod suspend;
mod suspension;
mod troubles;

pub use bills::{Bills, Drift, Given};
pub use members::{Device, Member, Members};
pub use suspension::Suspension;
pub use troubles::{Trouble, TroubleKind, Waiting};
