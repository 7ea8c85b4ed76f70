//! Time, as something that is passed in.

use std::{
    fmt::Debug,
    sync::atomic::{AtomicI64, Ordering},
};

use chrono::{DateTime, TimeDelta, Utc};

pub trait Clock: Debug + Send + Sync {
    /// The instant by which everything falls due.
    fn now(&self) -> DateTime<Utc>;

    /// The instant that a delivery is signed with. A receiver refuses one that is minutes away from its own clock: it
    /// differs from [`Clock::now`] where only the sandbox's clock is moved, and not the receiver's.
    fn signing_time(&self) -> DateTime<Utc> {
        self.now()
    }

    /// The sandbox's own clock, which may be moved over HTTP. A clock of the embedding program is moved there.
    fn movable(&self) -> Option<&MovableClock> {
        None
    }
}

/// The machine's clock, moved as far ahead as somebody likes. Deliveries are signed with the machine's own time.
#[derive(Debug, Default)]
pub struct MovableClock {
    ahead_seconds: AtomicI64,
}

impl MovableClock {
    pub fn ahead_seconds(&self) -> i64 {
        self.ahead_seconds.load(Ordering::Relaxed)
    }

    pub fn set_ahead_seconds(&self, seconds: i64) {
        self.ahead_seconds.store(seconds, Ordering::Relaxed);
    }
}

impl Clock for MovableClock {
    fn now(&self) -> DateTime<Utc> {
        let machine = self.signing_time();
        TimeDelta::try_seconds(self.ahead_seconds())
            .and_then(|ahead| machine.checked_add_signed(ahead))
            .unwrap_or(machine)
    }

    fn movable(&self) -> Option<&MovableClock> {
        Some(self)
    }

    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    fn signing_time(&self) -> DateTime<Utc> {
        Utc::now()
    }
}
