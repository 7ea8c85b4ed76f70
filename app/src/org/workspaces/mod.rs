//! Workspaces: which there are, who is in them, and what becomes of them.

pub mod add_workspace_member;
pub mod create_workspace;
pub mod delete_workspace;
pub mod get_workspace;
pub mod list_workspaces;
pub mod remove_workspace_member;
pub mod rename_workspace;
pub mod workspace_choices;

#[cfg(feature = "ssr")]
pub mod delete_page;
#[cfg(feature = "ssr")]
pub mod input;
#[cfg(feature = "ssr")]
mod landing;
#[cfg(feature = "ssr")]
pub mod list_page;
#[cfg(feature = "ssr")]
pub mod people;
#[cfg(feature = "ssr")]
pub mod rows;
#[cfg(feature = "ssr")]
pub mod workspace_page;
