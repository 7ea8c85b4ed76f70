//! What a node remembers of flags.
//!
//! Everything is remembered under the version that was known when it was asked for. When the version moves, nothing of before is
//! found any more: also not what somebody was asking for at that moment and puts in afterwards.

use std::{sync::Arc, time::Duration};

use contract::flag::{Flag, FlagLevel, FlagSet, FlagValue};
use moka::future::Cache;
use sqlx::PgPool;
use tokio::sync::watch;

use super::{
    Subject,
    kept::{self, Kept, SaidFor},
    resolve::{Said, resolve},
};
use crate::{Error, Result, database::AppDatabase};

/// How many people and organizations are remembered.
const REMEMBERED: u64 = 20_000;

/// Nothing is remembered longer, also where nobody watches the version: in a command.
const LONGEST: Duration = Duration::from_mins(1);

/// Cheap to clone: everything in it is shared. One for each node.
#[derive(Debug, Clone)]
pub struct Flags(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    version: watch::Sender<i64>,
    kept: Cache<i64, Arc<Kept>>,
    said: Cache<(i64, FlagLevel, String), Arc<SaidFor>>,
}

impl Default for Flags {
    fn default() -> Self {
        Self(Arc::new(Inner {
            version: watch::Sender::new(0),
            kept: Cache::builder().max_capacity(2).time_to_live(LONGEST).build(),
            said: Cache::builder().max_capacity(REMEMBERED).time_to_live(LONGEST).build(),
        }))
    }
}

impl Flags {
    /// What a flag is for somebody, and why.
    pub async fn value(&self, database: &AppDatabase, flag: Flag, subject: &Subject) -> Result<FlagValue> {
        self.value_on(database.global(), flag, subject).await
    }

    /// Whether it is on. What cannot be found out is taken as nobody has said anything: a page is not lost for want of a switch.
    pub async fn is_on(&self, database: &AppDatabase, flag: Flag, subject: &Subject) -> bool {
        match self.value(database, flag, subject).await {
            Ok(value) => value.on,
            Err(error) => {
                tracing::warn!(%error, flag = flag.key(), "a flag cannot be looked up: its default holds");
                flag.default_value()
            }
        }
    }

    /// All that are on.
    pub async fn on(&self, database: &AppDatabase, subject: &Subject) -> FlagSet {
        let mut on = Vec::new();
        for flag in Flag::ALL {
            if self.is_on(database, *flag, subject).await {
                on.push(*flag);
            }
        }
        on.into_iter().collect()
    }

    pub(super) async fn value_on(&self, database: &PgPool, flag: Flag, subject: &Subject) -> Result<FlagValue> {
        let version = *self.0.version.borrow();
        let kept = self
            .0
            .kept
            .try_get_with(version, async { kept::everything(database).await.map(Arc::new) })
            .await
            .map_err(shared)?;
        let user = subject.user.map(|user| (FlagLevel::User, user.to_string()));
        let tenant = subject.tenant.map(|tenant| (FlagLevel::Tenant, tenant.to_string()));
        let said = Said {
            user: self.said_for(database, version, flag, user).await?,
            tenant: self.said_for(database, version, flag, tenant).await?,
            plan: subject
                .plan
                .as_ref()
                .and_then(|plan| kept.plans.get(&(flag, plan.clone())).copied()),
        };
        let state = kept.states.get(&flag).copied().unwrap_or_default();
        Ok(resolve(flag, state, said, subject.rolled()))
    }

    async fn said_for(
        &self,
        database: &PgPool,
        version: i64,
        flag: Flag,
        whom: Option<(FlagLevel, String)>,
    ) -> Result<Option<bool>> {
        // What cannot be said is not asked for.
        let Some((level, subject)) = whom.filter(|(level, _)| flag.has_level(*level)) else {
            return Ok(None);
        };
        let asked = subject.clone();
        let said = self
            .0
            .said
            .try_get_with((version, level, subject), async move {
                kept::said_for(database, level, &asked).await.map(Arc::new)
            })
            .await
            .map_err(shared)?;
        Ok(said.get(&flag).copied())
    }

    /// Looks whether the version has moved, and forgets what is of before.
    pub(super) async fn look(&self, database: &PgPool) -> Result<()> {
        let version = kept::version(database).await?;
        let moved = self.0.version.send_if_modified(|known| {
            // Two looks may overtake each other: never back.
            let moved = version > *known;
            *known = version.max(*known);
            moved
        });
        if moved {
            self.0.kept.invalidate_all();
            self.0.said.invalidate_all();
        }
        Ok(())
    }

    /// The version this node knows of, and word of every other one.
    pub fn version(&self) -> watch::Receiver<i64> {
        self.0.version.subscribe()
    }
}

/// Whoever asked at the same moment gets the same fault.
fn shared(error: Arc<Error>) -> Error {
    Arc::try_unwrap(error).unwrap_or_else(Error::fault)
}
