//! Tasks of the sample domain.

pub mod create;
pub mod delete;
mod list;
mod lock;
pub mod restore;
pub mod update;

pub use list::Task;
pub(crate) use list::list;
