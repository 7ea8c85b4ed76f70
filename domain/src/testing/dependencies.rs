//! What an operation needs, with a clock that a test moves and randomness that is the same in every run.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicU64, Ordering},
};

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use sha2::{Digest, Sha256};

use super::database::{SECRET, TestDatabase};
use crate::{
    Deps, RegistrationGates, RelyingParty, Vault,
    billing::{BillingPolicy, provider::Absent},
    board::Board,
    clock::Clock,
    database::StaffDatabase,
    flags::Flags,
    random::Random,
    staff::StaffDomains,
};

/// Where the staff of tests come from: the domain of everybody else, so that an address may be either's.
const STAFF_DOMAIN: &str = "example.test";

/// The address of the product in tests. Passkeys are made for its domain.
pub const ORIGIN: &str = "https://plinth.test";

/// A clock that stands still until it is moved.
#[derive(Debug)]
pub struct TestClock(Mutex<DateTime<Utc>>);

impl TestClock {
    #[expect(clippy::unwrap_used, reason = "a poisoned clock has failed its test already")]
    pub fn advance(&self, by: TimeDelta) {
        *self.0.lock().unwrap() += by;
    }

    #[expect(clippy::unwrap_used, reason = "a poisoned clock has failed its test already")]
    pub fn set(&self, to: DateTime<Utc>) {
        *self.0.lock().unwrap() = to;
    }
}

impl Default for TestClock {
    fn default() -> Self {
        Self(Mutex::new(
            Utc.with_ymd_and_hms(2026, 3, 2, 9, 0, 0).single().unwrap_or_default(),
        ))
    }
}

impl Clock for TestClock {
    #[expect(clippy::unwrap_used, reason = "a poisoned clock has failed its test already")]
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }
}

/// The same bytes in every run, from a seed. Not secret at all.
#[derive(Debug)]
pub struct TestRandom {
    seed: u64,
    drawn: AtomicU64,
}

impl TestRandom {
    pub fn new(seed: u64) -> Self {
        Self {
            seed,
            drawn: AtomicU64::new(0),
        }
    }
}

impl Random for TestRandom {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(32) {
            let position = self.drawn.fetch_add(1, Ordering::Relaxed);
            let block = Sha256::new()
                .chain_update(self.seed.to_be_bytes())
                .chain_update(position.to_be_bytes())
                .finalize();
            chunk.copy_from_slice(&block[..chunk.len()]);
        }
    }
}

/// Every set of dependencies in a process draws from a seed of its own: two of them may work in one database.
static SEED: AtomicU64 = AtomicU64::new(0);

pub fn clock_and_deps(database: &TestDatabase) -> (Arc<TestClock>, Deps) {
    let clock = Arc::new(TestClock::default());
    let deps = Deps {
        database: database.app(),
        staff: StaffDatabase::new(database.platform()),
        clock: clock.clone(),
        random: Arc::new(TestRandom::new(SEED.fetch_add(1, Ordering::Relaxed))),
        vault: Vault::new(SECRET),
        passkeys: RelyingParty::of(ORIGIN),
        registration: Arc::new(RegistrationGates::default()),
        staff_domains: Arc::new(StaffDomains::parse(STAFF_DOMAIN).unwrap_or_default()),
        flags: Flags::default(),
        billing: BillingPolicy::default(),
        payments: Arc::new(Absent),
        board: Board::default(),
    };
    (clock, deps)
}

pub fn deps(database: &TestDatabase) -> Deps {
    clock_and_deps(database).1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_draws_the_same_again() {
        let draw = |seed| {
            let (random, mut bytes) = (TestRandom::new(seed), [0; 80]);
            random.fill(&mut bytes);
            bytes
        };
        assert_eq!(draw(1), draw(1));
        assert_ne!(draw(1), draw(2));
        assert_ne!(draw(1)[..32], draw(1)[32..64]);
    }
}
