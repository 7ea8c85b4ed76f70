//! Workspaces: the teams inside an organization. A project may belong to one, and then be seen by its people alone.
//!
//! Who manages workspaces sees and changes all of them. Members see what workspaces there are and who is in them, guests the
//! ones they are in. What any of them sees of projects is decided by the policies of the database.

pub mod add_member;
pub mod create;
pub mod delete;
pub mod get;
pub mod list;
mod lock;
pub mod remove_member;
pub mod rename;

pub(crate) use lock::{choose, lock};

use contract::{
    iam::MemberType,
    ids::{UserId, WorkspaceId},
};

/// A workspace as others name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    pub id: WorkspaceId,
    pub name: String,
}

/// Somebody of the organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Someone {
    pub id: UserId,
    pub name: String,
    pub email: String,
    pub member_type: MemberType,
}

pub(crate) fn member_type(key: &str) -> crate::Result<MemberType> {
    MemberType::from_key(key).ok_or_else(|| crate::Error::fault("unknown member type"))
}
