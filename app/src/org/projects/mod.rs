//! Projects and tasks, the sample that a product replaces: reading them, changing them, and their pages.
//!
//! A function that changes something takes `back`, the page it was asked from, and leads there again. An island that asks
//! for JSON is led nowhere.

pub mod archive_project;
pub mod create_project;
pub mod create_task;
pub mod delete_project;
pub mod delete_task;
pub mod get_project;
pub mod get_project_access;
pub mod give_project;
pub mod list_projects;
pub mod plan_task;

pub mod rename_project;
pub mod restore_project;
pub mod restore_task;
pub mod search_projects;
pub mod set_task_state;
pub mod share_project;
pub mod take_back_project;
pub mod unarchive_project;
pub mod update_project;
pub mod update_task;

#[cfg(feature = "ssr")]
pub mod access_page;
#[cfg(feature = "ssr")]
mod input;
#[cfg(feature = "ssr")]
mod landing;
#[cfg(feature = "ssr")]
mod list_empty;
#[cfg(feature = "ssr")]
pub mod list_page;
#[cfg(feature = "ssr")]
mod list_row;
#[cfg(feature = "ssr")]
pub mod new_page;
#[cfg(feature = "ssr")]
mod place_fields;
#[cfg(feature = "ssr")]
mod project_head;
#[cfg(feature = "ssr")]
pub mod project_page;
#[cfg(feature = "ssr")]
mod quick_add;
#[cfg(feature = "ssr")]
pub(in crate::org) mod rights;
#[cfg(feature = "ssr")]
mod row_menu;
#[cfg(feature = "ssr")]
mod rows;
#[cfg(feature = "ssr")]
mod task_bin;
#[cfg(feature = "ssr")]
mod task_list;
#[cfg(feature = "ssr")]
mod task_row;
#[cfg(feature = "ssr")]
pub(in crate::org) mod view;
