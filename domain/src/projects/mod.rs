//! Projects of the sample domain.

pub mod archive;
pub mod create;
pub mod delete;
pub mod get;
pub mod list;
mod lock;
mod model;
pub mod rename;
pub mod restore;
pub mod update;

pub use model::{Project, ProjectFields};
