//! Roles: which there are, what each may do, and making one's own.

pub mod create_role;
pub mod delete_role;
pub mod get_role;
pub mod list_roles;
pub mod update_role;

#[cfg(feature = "ssr")]
pub mod delete_page;
#[cfg(feature = "ssr")]
mod fields;
#[cfg(feature = "ssr")]
mod grid;
#[cfg(feature = "ssr")]
mod input;
#[cfg(feature = "ssr")]
pub mod list_page;
#[cfg(feature = "ssr")]
pub mod new_page;
#[cfg(feature = "ssr")]
pub mod places;
#[cfg(feature = "ssr")]
pub mod role_page;
#[cfg(feature = "ssr")]
mod rows;
#[cfg(feature = "ssr")]
mod summary;
