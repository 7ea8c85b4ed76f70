//! Choosing what stays in use of what exceeds the plan.

use serde::{Deserialize, Serialize};

use crate::{
    error::Limit,
    ids::{ProjectId, UserId},
};

/// What exceeds the plan; `None` for what fits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeepChoices {
    pub projects: Option<KeepList<ProjectId>>,
    pub members: Option<KeepList<UserId>>,
    pub guests: Option<KeepList<UserId>>,
}

impl KeepChoices {
    /// Which of them is meant by an error.
    pub const fn field(limit: Limit) -> &'static str {
        match limit {
            Limit::Members => "members",
            Limit::Guests => "guests",
            Limit::Projects | Limit::Roles | Limit::Workspaces => "projects",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeepList<Id> {
    /// How many of them may stay in use.
    pub allowed: u32,
    /// The oldest first.
    pub choices: Vec<KeepChoice<Id>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeepChoice<Id> {
    pub id: Id,
    /// `None` for a project that the one who asks does not see.
    pub name: Option<String>,
    pub in_use: bool,
    /// What stays unless somebody chooses otherwise.
    pub stays: bool,
    /// Owners stay in any case.
    pub fixed: bool,
}
