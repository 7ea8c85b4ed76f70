//! What a killed process left behind: a server that still runs, or the file that says so.

use std::{
    fs,
    io::ErrorKind,
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use anyhow::{Context, Result};
use postgresql_embedded::{PostgreSQL, Settings};

/// How long the processes of a killed server may take to notice that it is gone.
const LINGER: Duration = Duration::from_secs(20);

/// A server that outlived the process it belonged to would keep the folder: it is stopped. The caller holds the folder's
/// lock, so that it is nobody else's.
pub fn clear(settings: &Settings) -> Result<()> {
    let file = settings.data_dir.join("postmaster.pid");
    let content = match fs::read_to_string(&file) {
        Ok(content) => content,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error).context("the server's process file cannot be read"),
    };
    let process = content.lines().next().unwrap_or_default().trim();
    match command_line(process) {
        // The next start finds that out by itself, and whether something of the server is still there.
        None => {}
        Some(line) if line.contains(&*settings.data_dir.to_string_lossy()) => {
            let stopped = Command::new(settings.binary_dir().join("pg_ctl"))
                .args(["stop", "--wait", "--mode=fast", "--timeout=30", "--silent", "--pgdata"])
                .arg(&settings.data_dir)
                .output();
            tracing::info!(?stopped, "stopped the database that a killed process left running");
        }
        // The number was given to another process since, after a restart of the machine, or nobody has collected the dead
        // one: not ours to stop, and Postgres would take it for a running server.
        Some(_) => fs::remove_file(&file).context("the server's stale process file cannot be removed")?,
    }
    Ok(())
}

/// Starts the server. The processes of one that was killed hold its memory until they have noticed, which is waited for.
pub async fn start(server: &mut PostgreSQL) -> Result<()> {
    let log = server.settings().data_dir.join(crate::LOG);
    let deadline = Instant::now() + LINGER;
    loop {
        let seen = fs::metadata(&log).map_or(0, |found| found.len());
        match server.start().await {
            Ok(()) => return Ok(()),
            Err(_) if Instant::now() < deadline && says_in_use(&log, seen) => {
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
            Err(error) => return Err(error.into()),
        }
    }
}

/// Whether this start was refused because of what is left of the one before.
fn says_in_use(log: &Path, seen: u64) -> bool {
    let text = fs::read(log).unwrap_or_default();
    let new = text
        .get(usize::try_from(seen).unwrap_or_default()..)
        .unwrap_or_default();
    let new = String::from_utf8_lossy(new);
    // Its memory, or its process file.
    new.contains("still in use") || new.contains("already exists")
}

/// `None` when there is no such process; empty when it is dead and not collected yet.
fn command_line(process: &str) -> Option<String> {
    let output = if Path::new("/proc/self").exists() {
        // Its words are separated by NUL, which paths are found between all the same.
        fs::read(format!("/proc/{process}/cmdline")).ok()?
    } else {
        Command::new("ps")
            .args(["-o", "command=", "-p", process])
            .output()
            .ok()
            .filter(|output| output.status.success())?
            .stdout
    };
    Some(String::from_utf8_lossy(&output).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_file_that_names_somebody_else_is_removed_and_they_live_on() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("postmaster.pid");
        let mut somebody = Command::new("sleep").arg("60").spawn().unwrap();
        fs::write(&file, format!("{}\n", somebody.id())).unwrap();
        let settings = Settings {
            data_dir: folder.path().to_owned(),
            ..Settings::default()
        };
        clear(&settings).unwrap();
        assert!(!file.exists());
        assert!(somebody.try_wait().unwrap().is_none(), "not ours to stop");
        somebody.kill().unwrap();
        somebody.wait().unwrap();
    }

    #[test]
    fn a_process_file_that_names_nobody_is_left_to_the_server() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("postmaster.pid");
        fs::write(&file, "4194305\n").unwrap();
        let settings = Settings {
            data_dir: folder.path().to_owned(),
            ..Settings::default()
        };
        clear(&settings).unwrap();
        assert!(file.exists());
    }
}
