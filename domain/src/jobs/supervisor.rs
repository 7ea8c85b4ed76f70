//! What lets the worker run, and says that there is one.

use std::{sync::Arc, time::Duration};

use tokio::{sync::watch, task::JoinHandle, time::Instant};
use uuid::Uuid;

use super::{
    JobContext,
    worker::{WorkerSettings, prepare},
};
use crate::{
    Result,
    health::{beat, say_good_bye},
};

/// How often a worker looks whether the house is closed, and how often it says that it lives.
const LOOK: Duration = Duration::from_millis(500);
const BEAT: Duration = Duration::from_secs(15);

/// A running worker. While maintenance holds the whole house it takes no jobs: they wait in the queue.
pub struct Worker {
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl std::fmt::Debug for Worker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Worker").finish_non_exhaustive()
    }
}

impl Worker {
    /// Listens on a connection of the context's platform database, which must not lead through a transaction pooler.
    pub async fn start(context: JobContext, settings: WorkerSettings) -> Result<Self> {
        let first = prepare(&context, &settings).await?;
        let (stop, stopped) = watch::channel(false);
        let worker = Supervisor {
            id: context.deps.id(),
            context,
            settings,
            stopped,
            beaten: None,
        };
        let task = tokio::spawn(worker.work(first));
        Ok(Self { stop, task })
    }

    /// Takes no more jobs, and returns when the running ones are finished or given back.
    pub async fn shutdown(self) {
        let _ = self.stop.send(true);
        if let Err(error) = self.task.await {
            tracing::error!(%error, "the worker ended in disorder");
        }
    }
}

/// Lets the queue's worker run while the house is open, and says that there is one.
struct Supervisor {
    id: Uuid,
    context: JobContext,
    settings: WorkerSettings,
    stopped: watch::Receiver<bool>,
    beaten: Option<Instant>,
}

impl Supervisor {
    async fn work(mut self, first: graphile_worker::Worker) {
        let mut next = Some(first);
        while !self.is_stopped() {
            if self.is_held().await {
                self.rest().await;
                continue;
            }
            let worker = match next.take() {
                Some(worker) => worker,
                None => match prepare(&self.context, &self.settings).await {
                    Ok(worker) => worker,
                    Err(error) => {
                        tracing::error!(%error, "the worker could not start");
                        self.rest().await;
                        continue;
                    }
                },
            };
            self.run(worker).await;
        }
        if let Err(error) = say_good_bye(&self.context.platform, self.id).await {
            tracing::warn!(%error, "the worker could not say good-bye");
        }
    }

    /// Until the house closes, the worker falls, or it is told to stop.
    async fn run(&mut self, worker: graphile_worker::Worker) {
        let worker = Arc::new(worker);
        let running = Arc::clone(&worker);
        let mut task = tokio::spawn(async move { running.run().await.map_err(|error| error.to_string()) });
        loop {
            tokio::select! {
                ended = &mut task => {
                    tracing::error!(?ended, "the worker stopped");
                    self.rest().await;
                    return;
                }
                () = tokio::time::sleep(LOOK) => {}
                _ = self.stopped.changed() => {}
            }
            if self.is_stopped() || self.is_held().await {
                break;
            }
        }
        worker.request_shutdown();
        match task.await {
            Ok(Ok(())) => {}
            ended => tracing::error!(?ended, "the worker ended in disorder"),
        }
    }

    /// Also when nobody is left who could say so.
    fn is_stopped(&self) -> bool {
        *self.stopped.borrow() || self.stopped.has_changed().is_err()
    }

    async fn rest(&mut self) {
        tokio::select! {
            () = tokio::time::sleep(LOOK) => {}
            _ = self.stopped.changed() => {}
        }
    }

    /// Also says that this worker lives, when it is time: one that waits for the house to open is not missed.
    async fn is_held(&mut self) -> bool {
        if self.beaten.is_none_or(|at| at.elapsed() >= BEAT) {
            self.beaten = Some(Instant::now());
            if let Err(error) = beat(&self.context.platform, self.id).await {
                tracing::warn!(%error, "the worker could not say that it lives");
            }
        }
        let deps = &self.context.deps;
        deps.board.look(deps).await.is_house_held(deps.now())
    }
}
