//! What the edge needs to answer.

use std::{path::PathBuf, sync::Arc, time::Duration};

use app::{Settings, assets::Assets};
use axum::extract::FromRef;
use domain::{Deps, database::PlatformDatabase};
use leptos::config::LeptosOptions;
use tokio_util::sync::CancellationToken;

use super::Faults;
use crate::{clock::MovableClock, mail::mailbox::Mailbox, payments::SandboxPages};

#[derive(Debug, Clone)]
pub struct State {
    pub deps: Deps,
    pub platform: PlatformDatabase,
    pub settings: Arc<Settings>,
    pub assets: Arc<Assets>,
    /// The folder of built files, with `pkg/` in it.
    pub site_dir: PathBuf,
    /// The developer's mailbox; `None` when mail is really sent.
    pub mailbox: Option<Arc<Mailbox>>,
    /// The developer's clock.
    pub clock: Option<Arc<MovableClock>>,
    /// The offline sandbox that takes the money; `None` when a provider does, or nobody.
    pub sandbox: Option<SandboxPages>,
    /// How many proxies in front of this server add to `X-Forwarded-For`.
    pub trusted_proxies: u8,
    /// How long an answer may take.
    pub patience: Duration,
    /// The signal to stop has come: whoever asks whether this node can work is told that it cannot.
    pub stopping: CancellationToken,
    /// Where faults of ours are handed in, to be written down.
    pub faults: Faults,
}

/// The shell writes its own addresses of files; Leptos only asks for the type.
impl FromRef<State> for LeptosOptions {
    fn from_ref(state: &State) -> Self {
        Self::builder()
            .output_name("plinth")
            .site_root(state.site_dir.to_string_lossy().into_owned())
            .build()
    }
}
