//! The Postgres that is on this machine.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Result, bail};

/// A folder with `bin/postgres` in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Installation {
    pub folder: PathBuf,
    pub major: u32,
}

impl Installation {
    /// The newest one, or the one that made the data. `None` when there is none and one may be downloaded.
    pub fn find(data_version: Option<&str>) -> Result<Option<Self>> {
        let mut found: Vec<Self> = candidates().iter().filter_map(|folder| Self::inspect(folder)).collect();
        found.sort_by_key(|installation| installation.major);
        let Some(version) = data_version else {
            return Ok(found.pop());
        };
        if let Some(position) = found
            .iter()
            .position(|installation| installation.major.to_string() == version)
        {
            return Ok(Some(found.swap_remove(position)));
        }
        if found.is_empty() {
            return Ok(None);
        }
        bail!(
            "the data was made by Postgres {version}, which is not installed any more: install it, \
             or move the data folder away to start afresh"
        )
    }

    fn inspect(folder: &Path) -> Option<Self> {
        let output = Command::new(folder.join("bin/postgres"))
            .arg("--version")
            .output()
            .ok()?;
        let text = String::from_utf8(output.stdout).ok()?;
        // "postgres (PostgreSQL) 15.18 (Debian …)"
        let major = text.split_whitespace().nth(2)?.split('.').next()?.parse().ok()?;
        (folder.join("bin/initdb").exists() && folder.join("bin/pg_ctl").exists()).then(|| Self {
            folder: folder.to_owned(),
            major,
        })
    }
}

/// Debian's, Homebrew's on both kinds of Mac, and whatever `pg_config` knows of.
fn candidates() -> Vec<PathBuf> {
    let mut folders = Vec::new();
    for (parent, prefix) in [
        ("/usr/lib/postgresql", ""),
        ("/opt/homebrew/opt", "postgresql"),
        ("/usr/local/opt", "postgresql"),
        ("/usr", "pgsql"),
    ] {
        let entries = fs::read_dir(parent).into_iter().flatten().flatten();
        folders.extend(
            entries
                .filter(|entry| entry.file_name().to_string_lossy().starts_with(prefix))
                .map(|entry| entry.path()),
        );
    }
    let configured = Command::new("pg_config")
        .arg("--bindir")
        .output()
        .ok()
        .and_then(|output| {
            let text = String::from_utf8(output.stdout).ok()?;
            Path::new(text.trim()).parent().map(Path::to_owned)
        });
    folders.extend(configured);
    folders
}
