//! What crosses the wire between browser and server: ids, roles, permissions, states, parsed values, requests,
//! responses and the one error.
//!
//! This crate does no I/O, reads no clock and makes no random number; it compiles to wasm in seconds.

pub mod account;
pub mod account_access;
pub mod audit;
pub mod billing;
pub mod customers;
pub mod email;
pub mod error;
pub mod flag;
pub mod iam;
pub mod ids;
pub mod incident;
pub mod invitation;
pub mod jobs;
pub mod maintenance;
pub mod notes;
pub mod password;
pub mod people;
pub mod platform_audit;
pub mod preferences;
pub mod project;
pub mod registration;
pub mod reports;
pub mod role;
pub mod security;
pub mod slug;
pub mod staff;
pub mod staff_invitation;
pub mod support;
pub mod task;
pub mod tenant;
pub mod text;
pub mod time;
pub mod visits;
pub mod webhooks;
pub mod workspace;

pub use error::{Error, FieldCode, FieldError};
