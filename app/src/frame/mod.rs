//! What is around a page: one frame for each surface, with its navigation, menus and banners.

pub mod account;
pub mod auth;
pub mod billing;
pub mod board;
mod menus;
mod notice;
pub mod org;
pub mod platform;
pub mod site;
pub mod visit;
