//! Incidents: what everybody is told when something is wrong, announced or worth knowing, word for word and until it is over.

pub mod archive;
pub mod correct;
pub mod create;
pub mod dismiss;
pub mod get;
pub mod list;
pub mod post_update;
pub mod shown;
pub mod status;

use chrono::{DateTime, Utc};
use contract::{
    ids::IncidentId,
    incident::{IncidentKind, IncidentState},
};
use uuid::Uuid;

use crate::{Deps, Error, Result, board::Notice, database::Transaction};

/// An incident as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incident {
    pub id: IncidentId,
    pub kind: IncidentKind,
    pub state: IncidentState,
    pub title: String,
    pub starts_at: DateTime<Utc>,
    pub ends_at: Option<DateTime<Utc>>,
    pub updated_at: DateTime<Utc>,
    pub resolved_at: Option<DateTime<Utc>>,
    pub archived_at: Option<DateTime<Utc>>,
}

impl Incident {
    /// Whether it stands over the pages.
    pub fn is_shown(&self, now: DateTime<Utc>) -> bool {
        self.is_open() && self.starts_at <= now && self.ends_at.is_none_or(|end| now < end)
    }

    /// Whether its time is over: it is resolved, or its window has closed.
    pub fn is_over(&self, now: DateTime<Utc>) -> bool {
        !self.is_open() || self.ends_at.is_some_and(|end| end <= now)
    }

    fn is_open(&self) -> bool {
        self.state != IncidentState::Resolved && self.archived_at.is_none()
    }
}

/// What was said once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Update {
    pub state: IncidentState,
    pub text: String,
    pub written_at: DateTime<Utc>,
    pub by: String,
}

/// An incident as its row tells it.
pub(crate) struct Row {
    pub id: Uuid,
    pub kind: String,
    pub state: String,
    pub title: String,
    pub starts_at: DateTime<Utc>,
    pub ends_at: Option<DateTime<Utc>>,
    pub updated_at: DateTime<Utc>,
    pub resolved_at: Option<DateTime<Utc>>,
    pub archived_at: Option<DateTime<Utc>>,
}

impl TryFrom<Row> for Incident {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: row.id.into(),
            kind: IncidentKind::from_key(&row.kind).ok_or_else(|| Error::fault("unknown kind"))?,
            state: state(&row.state)?,
            title: row.title,
            starts_at: row.starts_at,
            ends_at: row.ends_at,
            updated_at: row.updated_at,
            resolved_at: row.resolved_at,
            archived_at: row.archived_at,
        })
    }
}

fn state(key: &str) -> Result<IncidentState> {
    IncidentState::from_key(key).ok_or_else(|| Error::fault("unknown state"))
}

/// For what is done to it: whoever comes next waits.
pub(crate) async fn locked(transaction: &mut Transaction, incident: IncidentId) -> Result<Incident> {
    let row = sqlx::query_as!(
        Row,
        "select id, kind, state, title, starts_at, ends_at, updated_at, resolved_at, archived_at from incidents \
         where id = $1 for update",
        incident.0,
    )
    .fetch_optional(&mut **transaction)
    .await?
    .ok_or(contract::Error::NotFound)?;
    row.try_into()
}

/// How many notices a page can hold; the rest are on the status page.
const POSTED: i64 = 20;

/// Those that are shown or will be, the worst and newest first.
pub(crate) async fn open(deps: &Deps, now: DateTime<Utc>) -> Result<Vec<Notice>> {
    let rows = sqlx::query_as!(
        Row,
        "select id, kind, state, title, starts_at, ends_at, updated_at, resolved_at, archived_at from incidents \
         where archived_at is null and resolved_at is null and (ends_at is null or ends_at > $1) \
         order by array_position(array['outage', 'degraded', 'maintenance', 'information'], kind), starts_at desc, id desc \
         limit $2",
        now,
        POSTED,
    )
    .fetch_all(deps.database.global())
    .await?;
    rows.into_iter()
        .map(|row| {
            let incident = Incident::try_from(row)?;
            Ok(Notice {
                id: incident.id,
                kind: incident.kind,
                state: incident.state,
                title: incident.title,
                starts_at: incident.starts_at,
                ends_at: incident.ends_at,
                updated_at: incident.updated_at,
            })
        })
        .collect()
}
