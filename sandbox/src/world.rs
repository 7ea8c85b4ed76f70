//! The state, the clock, and who waits for changes.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::watch;

use crate::{clock::Clock, objects::webhook::EventState, rules::settle, state::State, timestamp::Timestamp};

#[derive(Debug)]
pub struct World {
    state: Mutex<State>,
    pub clock: Arc<dyn Clock>,
    pub access_token: String,
    pub retry_scale: f64,
    pub data: Option<PathBuf>,
    /// Counts the changes.
    changes: watch::Sender<u64>,
}

impl World {
    pub fn new(
        state: State,
        clock: Arc<dyn Clock>,
        access_token: String,
        retry_scale: f64,
        data: Option<PathBuf>,
    ) -> Self {
        Self {
            state: Mutex::new(state),
            clock,
            access_token,
            retry_scale,
            data,
            changes: watch::Sender::new(0),
        }
    }

    pub fn now(&self) -> Timestamp {
        Timestamp::new(self.clock.now())
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks at the state, after everything that fell due before.
    pub fn look<R>(&self, look: impl FnOnce(&State, Timestamp) -> R) -> R {
        self.settle();
        look(&self.lock(), self.now())
    }

    /// Looks at the state as it is.
    pub fn read<R>(&self, look: impl FnOnce(&State) -> R) -> R {
        look(&self.lock())
    }

    /// Changes the state, after everything that fell due before.
    pub fn write<R>(&self, change: impl FnOnce(&mut State, Timestamp) -> R) -> R {
        let result = {
            let mut state = self.lock();
            let now = self.now();
            settle::settle(&mut state, now);
            change(&mut state, now)
        };
        self.changes.send_modify(|count| *count += 1);
        result
    }

    /// Does what fell due.
    pub fn settle(&self) {
        let any = {
            let mut state = self.lock();
            let now = self.now();
            settle::settle(&mut state, now)
        };
        if any {
            self.changes.send_modify(|count| *count += 1);
        }
    }

    pub fn changes(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }

    /// Whether every webhook is delivered, given up or lost.
    pub fn is_idle(&self) -> bool {
        self.read(|state| {
            let pending = |state: &State| state.events.iter().any(|event| event.state == EventState::Pending);
            state.changed_customers.is_empty() && !pending(state)
        })
    }
}
