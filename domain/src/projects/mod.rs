//! Projects of the sample domain.

pub mod access;
pub mod archive;
pub mod bin;
pub mod create;
pub mod delete;
pub mod empty_bin;
pub mod get;
pub mod give;
pub mod list;
mod lock;
mod model;
mod people;
pub mod rename;
pub mod restore;
pub mod share;
pub mod update;

pub use model::{Place, Project, ProjectFields};
pub(crate) use people::who_sees;
