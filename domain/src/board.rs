//! What is put up for everybody at this moment: windows of maintenance, and notices of incidents.
//!
//! Every request asks for it, so that it is kept in the process and read again when it is half a second old. Windows begin and
//! end by the clock, without anybody reading anything. When the database does not answer, what was known last holds: a closed
//! house does not open because nobody can ask, and an open one does not close.

use std::{
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use chrono::{DateTime, TimeDelta, Utc};
use contract::{
    ids::{IncidentId, TenantId},
    incident::{IncidentKind, IncidentState},
    maintenance::{MaintenanceLevel, Surface, WindowState},
};
use tokio::sync::Mutex;

use crate::{
    Deps, Result,
    database::{Mode, Transaction},
    incidents,
    maintenance::{self, Held, Place, Window, strongest},
};

/// How long what was read holds. Two nodes agree after twice this at the latest.
const FRESH: TimeDelta = TimeDelta::milliseconds(500);

/// How long a request waits for it. It goes by what is known then.
const PATIENCE: Duration = Duration::from_secs(1);

/// Shared by everything in a process that works for the same house. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Board(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    known: RwLock<Arc<Posted>>,
    /// Held by the one who reads.
    reading: Mutex<()>,
}

/// What was put up when it was last read: what is on, and what is not over yet.
#[derive(Debug, Clone, Default)]
pub struct Posted {
    windows: Vec<Window>,
    notices: Vec<Notice>,
    read_at: Option<DateTime<Utc>>,
}

/// An incident as it stands over the pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    pub id: IncidentId,
    pub kind: IncidentKind,
    pub state: IncidentState,
    pub title: String,
    pub starts_at: DateTime<Utc>,
    pub ends_at: Option<DateTime<Utc>>,
    pub updated_at: DateTime<Utc>,
}

impl Notice {
    /// From its first instant to the one before its last.
    pub fn is_on(&self, now: DateTime<Utc>) -> bool {
        self.starts_at <= now && self.ends_at.is_none_or(|end| now < end)
    }
}

impl Board {
    /// What is put up, read now if what is known is too old. One asks at a time; whoever comes meanwhile goes by what is known.
    pub async fn look(&self, deps: &Deps) -> Arc<Posted> {
        let known = self.known();
        if known.is_fresh(deps.now()) {
            return known;
        }
        let _reading = if known.read_at.is_none() {
            self.0.reading.lock().await
        } else {
            match self.0.reading.try_lock() {
                Ok(reading) => reading,
                Err(_) => return known,
            }
        };
        let known = self.known();
        if known.is_fresh(deps.now()) {
            return known;
        }
        let read = match tokio::time::timeout(PATIENCE, read(deps)).await {
            Ok(Ok(posted)) => posted,
            Ok(Err(error)) => {
                tracing::warn!(%error, "what is put up could not be read");
                known.again_at(deps.now())
            }
            Err(_) => {
                tracing::warn!("what is put up was not read in time");
                known.again_at(deps.now())
            }
        };
        let read = Arc::new(read);
        self.keep(read.clone());
        read
    }

    /// What was read last, without asking.
    pub fn known(&self) -> Arc<Posted> {
        self.0.known.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Has it read again at the next look, because something was just put up or taken down here.
    pub fn forget(&self) {
        let known = self.known();
        self.keep(Arc::new(Posted {
            read_at: None,
            ..(*known).clone()
        }));
    }

    fn keep(&self, posted: Arc<Posted>) {
        *self.0.known.write().unwrap_or_else(PoisonError::into_inner) = posted;
    }
}

impl Posted {
    /// A clock that was moved back has read nothing yet.
    fn is_fresh(&self, now: DateTime<Utc>) -> bool {
        self.read_at
            .is_some_and(|at| (TimeDelta::zero()..FRESH).contains(&(now - at)))
    }

    fn again_at(&self, now: DateTime<Utc>) -> Self {
        Self {
            read_at: Some(now),
            ..self.clone()
        }
    }

    /// The strongest window that is on for somebody who is there.
    pub fn maintenance(&self, place: Place, now: DateTime<Utc>) -> Option<&Window> {
        strongest(&self.windows, place, now)
    }

    /// Whatever is on, anywhere.
    pub fn on(&self, now: DateTime<Utc>) -> impl Iterator<Item = &Window> {
        self.windows.iter().filter(move |window| window.is_on(now))
    }

    /// What has not begun, in the order in which it does. What one organization is to wait for is nobody else's business.
    pub fn planned(&self, now: DateTime<Utc>) -> impl Iterator<Item = &Window> {
        self.windows.iter().filter(move |window| {
            window.state(now) == WindowState::Scheduled && !matches!(window.scope, maintenance::Scope::Organization(_))
        })
    }

    /// What keeps somebody who is there from changing anything.
    pub fn held(&self, place: Place, now: DateTime<Utc>) -> Option<Held> {
        self.maintenance(place, now)
            .filter(|window| window.level >= MaintenanceLevel::ReadOnly)
            .map(|window| window.held(now))
    }

    /// Whether the whole house is, so that no work is done in the background either.
    pub fn is_house_held(&self, now: DateTime<Utc>) -> bool {
        self.on(now)
            .any(|window| window.scope == maintenance::Scope::Everything && window.level >= MaintenanceLevel::ReadOnly)
    }

    /// Incidents that everybody is told of, the worst and newest first.
    pub fn notices(&self, now: DateTime<Utc>) -> impl Iterator<Item = &Notice> {
        self.notices.iter().filter(move |notice| notice.is_on(now))
    }
}

impl Deps {
    /// What keeps visitors and people from changing anything on this surface. Staff are not asked.
    pub(crate) async fn held(&self, surface: Surface) -> Option<Held> {
        self.board.look(self).await.held(Place::on(surface), self.now())
    }

    /// For a visitor. While there is maintenance it only reads.
    pub(crate) async fn begin_for_visitor(&self) -> Result<Transaction> {
        let mode = self
            .held(Surface::Account)
            .await
            .map_or(Mode::Writing, |_| Mode::Reading);
        self.database.begin_anonymous(mode).await
    }

    /// The same for what somebody changes in one organization.
    pub(crate) async fn window_of(&self, tenant: TenantId) -> Option<Window> {
        let place = Place::in_organization(tenant);
        self.board.look(self).await.maintenance(place, self.now()).cloned()
    }
}

async fn read(deps: &Deps) -> Result<Posted> {
    let now = deps.now();
    Ok(Posted {
        windows: maintenance::open(deps, now).await?,
        notices: incidents::open(deps, now).await?,
        read_at: Some(now),
    })
}

#[cfg(test)]
mod tests {
    use contract::staff::StaffRole;

    use super::*;
    use crate::{
        maintenance::{Scope, testing::close},
        testing::{TestDatabase, clock_and_deps, staff},
    };

    const SITE: Place = Place::on(Surface::Site);

    #[tokio::test]
    async fn another_node_knows_within_a_second() {
        let database = TestDatabase::new().await;
        let (clock, here) = clock_and_deps(&database);
        let there = Deps {
            board: Board::default(),
            ..here.clone()
        };
        let sue = staff(&database, &here, "sue", StaffRole::Superadmin).await;
        assert_eq!(there.board.look(&there).await.held(SITE, there.now()), None);
        close(&sue, &here, Scope::Everything, MaintenanceLevel::Closed).await;
        assert!(here.board.look(&here).await.held(SITE, here.now()).is_some());
        assert_eq!(there.board.look(&there).await.held(SITE, there.now()), None);
        clock.advance(FRESH - TimeDelta::milliseconds(1));
        assert_eq!(there.board.look(&there).await.held(SITE, there.now()), None);
        clock.advance(TimeDelta::milliseconds(1));
        assert!(there.board.look(&there).await.held(SITE, there.now()).is_some());
    }

    #[tokio::test]
    async fn without_the_database_what_was_known_holds() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let sue = staff(&database, &deps, "sue", StaffRole::Superadmin).await;
        close(&sue, &deps, Scope::Everything, MaintenanceLevel::Closed).await;
        assert!(deps.board.look(&deps).await.held(SITE, deps.now()).is_some());
        deps.database.close().await;
        clock.advance(TimeDelta::minutes(1));
        assert!(deps.board.look(&deps).await.held(SITE, deps.now()).is_some());
    }

    #[tokio::test]
    async fn a_clock_that_is_moved_back_reads_again() {
        let posted = Posted {
            read_at: Some(DateTime::UNIX_EPOCH),
            ..Posted::default()
        };
        assert!(posted.is_fresh(DateTime::UNIX_EPOCH));
        assert!(!posted.is_fresh(DateTime::UNIX_EPOCH - TimeDelta::seconds(1)));
        assert!(!posted.is_fresh(DateTime::UNIX_EPOCH + FRESH));
    }
}
