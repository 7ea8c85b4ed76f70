//! Build and serve again on every change; the pages that are open reload themselves.

use std::{
    path::Path,
    process::{Child, Command},
    sync::{Arc, Mutex, PoisonError, mpsc},
    time::Duration,
};

use anyhow::Result;
use notify::{RecursiveMode, Watcher};

use crate::{
    process::{run, when_told_to_end},
    progress::say,
    run::{build_server, server},
    setup,
    site::{self, Profile},
};

const WATCHED: [&str; 10] = [
    "app",
    "cluster",
    "contract",
    "domain",
    "frontend",
    "migrations",
    "sandbox",
    "server",
    "style",
    "ui",
];
/// An editor writes several files at once, and some of them twice.
const SETTLE: Duration = Duration::from_millis(150);

pub fn dev() -> Result<()> {
    setup::build()?;
    let (sender, changes) = mpsc::channel();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        if event.is_ok_and(|event| !event.kind.is_access()) {
            let _ = sender.send(());
        }
    })?;
    for folder in WATCHED.iter().chain(&["public"]) {
        watcher.watch(Path::new(folder), RecursiveMode::Recursive)?;
    }
    let running = Arc::new(Mutex::new(None));
    let last = running.clone();
    when_told_to_end(move || stop(&mut last.lock().unwrap_or_else(PoisonError::into_inner)))?;
    loop {
        match site::build(Profile::Dev).and_then(|()| build_server()) {
            Ok(()) => {
                let mut running = running.lock().unwrap_or_else(PoisonError::into_inner);
                stop(&mut running);
                *running = Some(server().arg("serve").env("PLINTH_DEV_RELOAD", "true").spawn()?);
            }
            Err(error) => say(format_args!("{error:#}; waiting for a change")),
        }
        changes.recv()?;
        while changes.recv_timeout(SETTLE).is_ok() {}
    }
}

/// Lets the server finish what it is doing: a signal, as Ctrl-C would send.
fn stop(running: &mut Option<Child>) {
    let Some(mut child) = running.take() else { return };
    let _ = run(Command::new("kill").arg(child.id().to_string()));
    let _ = child.wait();
}
