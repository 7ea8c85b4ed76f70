//! The clock of a developer: the machine's, moved ahead as far as they like, to see a trial end or a link expire.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::atomic::{AtomicI64, Ordering},
};

use chrono::{DateTime, TimeDelta, Utc};
use domain::clock::{Clock, SystemClock};

/// Keeps its lead over a restart, in a file of the data folder.
#[derive(Debug)]
pub struct MovableClock {
    ahead_seconds: AtomicI64,
    file: PathBuf,
}

impl MovableClock {
    pub fn open(folder: &Path) -> Self {
        let file = folder.join("clock");
        let ahead = fs::read_to_string(&file)
            .ok()
            .and_then(|text| text.trim().parse().ok())
            .unwrap_or_default();
        Self {
            ahead_seconds: AtomicI64::new(ahead),
            file,
        }
    }

    pub fn ahead(&self) -> TimeDelta {
        TimeDelta::seconds(self.ahead_seconds.load(Ordering::Relaxed))
    }

    /// # Errors
    /// When the file cannot be written.
    pub fn set_ahead(&self, ahead: TimeDelta) -> std::io::Result<()> {
        fs::write(&self.file, ahead.num_seconds().to_string())?;
        self.ahead_seconds.store(ahead.num_seconds(), Ordering::Relaxed);
        Ok(())
    }
}

impl Clock for MovableClock {
    fn now(&self) -> DateTime<Utc> {
        SystemClock.now() + self.ahead()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_its_lead() {
        let folder = tempfile::tempdir().unwrap();
        let clock = MovableClock::open(folder.path());
        assert_eq!(clock.ahead(), TimeDelta::zero());
        clock.set_ahead(TimeDelta::days(8)).unwrap();
        assert!(clock.now() > SystemClock.now() + TimeDelta::days(7));
        assert_eq!(MovableClock::open(folder.path()).ahead(), TimeDelta::days(8));
    }
}
