//! The audit log as its readers see it.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{ids::UserId, slug::Slug, time::Moment};

/// Which entries a list shows, as it stands in the URL. What is empty is not asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct AuditQuery {
    #[serde(default)]
    pub who: Option<UserId>,
    /// One action, such as `project.created`, or the subject of several, such as `project`.
    #[serde(default)]
    pub what: String,
    /// The first and the last day, such as `2026-05-03`, in the reader's zone.
    #[serde(default)]
    pub from: String,
    #[serde(default)]
    pub to: String,
    #[serde(default)]
    pub search: String,
    /// Where a page begins, as the page beside it has said. Empty is the newest.
    #[serde(default)]
    pub before: String,
}

impl AuditQuery {
    /// Whether it leaves anything out.
    pub fn filters(&self) -> bool {
        *self
            != Self {
                before: self.before.clone(),
                ..Self::default()
            }
    }
}

/// Who did it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum AuditActor {
    Person {
        id: UserId,
        name: String,
    },
    /// Somebody whose account was deleted.
    Gone,
    /// Somebody who was not signed in.
    Visitor,
    /// The product itself.
    System,
}

/// Where something was done, for the one who did it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum AuditPlace {
    Account,
    Organization {
        slug: Slug,
        name: String,
    },
    /// An organization one no longer belongs to.
    Left,
}

/// One field and its values, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditChange {
    pub field: String,
    pub before: Option<String>,
    pub after: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditRow {
    pub id: Uuid,
    pub when: Moment,
    pub who: AuditActor,
    /// That somebody of the staff did it, and with whose eyes, in words.
    pub on_behalf_of: Option<String>,
    /// What happened, as its key.
    pub action: String,
    /// What it happened to, by name, where one is known.
    pub subject: Option<String>,
    pub subject_id: Option<Uuid>,
    pub changes: Vec<AuditChange>,
    pub address: Option<String>,
    /// Such as "Firefox on Linux", and what the browser said of itself.
    pub device: Option<String>,
    pub user_agent: Option<String>,
    pub request_id: Option<String>,
    /// When its details were erased.
    pub redacted: Option<Moment>,
    /// In one's own activity only.
    pub place: Option<AuditPlace>,
}

/// Somebody who can be asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditPerson {
    pub id: UserId,
    pub name: String,
}

/// A page of entries, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditList {
    pub rows: Vec<AuditRow>,
    /// The `before` of the pages beside it. `Some` and empty is the first page.
    pub newer: Option<String>,
    pub older: Option<String>,
    /// Everybody who ever did something here.
    pub people: Vec<AuditPerson>,
}
