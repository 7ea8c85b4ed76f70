//! Where a cluster keeps its things, and that the server's account can reach them.

use std::{
    fs::{self, File, OpenOptions},
    hash::{DefaultHasher, Hash, Hasher},
    io::ErrorKind,
    os::unix::fs::{OpenOptionsExt, PermissionsExt, chown},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use crate::{account::Account, installation::Installation};

/// Where root keeps the data of a folder that the server's account cannot reach.
const ELSEWHERE: &str = "/var/lib/plinth";

/// Every Linux has the one, every Mac the other.
const LOCALE: &str = if cfg!(target_os = "linux") {
    "C.UTF-8"
} else {
    "en_US.UTF-8"
};

/// Another process runs the server of this folder.
#[derive(Debug)]
pub struct InUse {
    folder: PathBuf,
}

impl std::fmt::Display for InUse {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let folder = self.folder.display();
        write!(
            f,
            "the database in {folder} is in use by another process: stop that one first"
        )
    }
}

impl std::error::Error for InUse {}

#[derive(Debug)]
pub struct Folder {
    /// Who holds the lock in here owns the server.
    home: PathBuf,
    /// Data, password and programs; belongs to the server's account.
    state: PathBuf,
}

impl Folder {
    pub fn open(folder: &Path, account: Option<&Account>) -> Result<Self> {
        fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
        let home = folder.canonicalize()?;
        let state = match account {
            Some(_) if !others_may_enter(&home) => {
                let mut hasher = DefaultHasher::new();
                home.hash(&mut hasher);
                Path::new(ELSEWHERE).join(format!("{:016x}", hasher.finish()))
            }
            _ => home.join("postgres"),
        };
        fs::create_dir_all(&state).with_context(|| format!("{} cannot be made", state.display()))?;
        if state.starts_with(ELSEWHERE) {
            fs::write(home.join("postgres-data-is-in"), state.display().to_string())?;
            fs::set_permissions(ELSEWHERE, fs::Permissions::from_mode(0o755))?;
        }
        if let Some(account) = account {
            chown(&state, Some(account.uid), Some(account.gid))?;
        }
        Ok(Self { home, state })
    }

    pub fn lock(&self) -> Result<File> {
        let path = self.home.join("postgres.lock");
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)?;
        match file.try_lock() {
            Ok(()) => Ok(file),
            Err(fs::TryLockError::WouldBlock) => Err(InUse {
                folder: self.home.clone(),
            }
            .into()),
            Err(fs::TryLockError::Error(error)) => Err(error).context("the folder cannot be locked"),
        }
    }

    pub fn data(&self) -> PathBuf {
        self.state.join("data")
    }

    /// Where the data is made. It becomes [`Self::data`] when it is whole: what a killed start left is never taken for it.
    pub fn unfinished_data(&self) -> Result<PathBuf> {
        let path = self.state.join("data.unfinished");
        match fs::remove_dir_all(&path) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                Err(error).with_context(|| format!("{} cannot be cleared", path.display()))
            }
            _ => Ok(path),
        }
    }

    pub fn password_file(&self) -> PathBuf {
        self.state.join("password")
    }

    /// The superuser's password: the one from the first start, or from now on the one that is offered.
    pub fn password(&self, offered: &str) -> Result<String> {
        let path = self.password_file();
        match fs::read_to_string(&path) {
            Ok(password) => return Ok(password.trim().to_owned()),
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(error).with_context(|| format!("{} cannot be read", path.display())),
        }
        let mut file = OpenOptions::new()
            .create_new(true)
            .write(true)
            .mode(0o600)
            .open(&path)?;
        std::io::Write::write_all(&mut file, offered.as_bytes())?;
        let owner = fs::metadata(&self.state)?;
        let (uid, gid) = (
            std::os::unix::fs::MetadataExt::uid(&owner),
            std::os::unix::fs::MetadataExt::gid(&owner),
        );
        chown(&path, Some(uid), Some(gid))?;
        Ok(offered.to_owned())
    }

    /// The major version the data was made by, once there is any.
    pub fn initialised_version(&self) -> Result<Option<String>> {
        match fs::read_to_string(self.data().join("PG_VERSION")) {
            Ok(version) => Ok(Some(version.trim().to_owned())),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).context("the version of the data cannot be read"),
        }
    }

    /// An installation whose programs run as the account, and sort and fold letters alike on every machine.
    pub fn shims(&self, installation: &Installation, account: Option<&Account>) -> Result<PathBuf> {
        let programs = self.state.join("programs");
        fs::create_dir_all(programs.join("bin"))?;
        let become_account = account.map_or_else(String::new, |account| format!("runuser -u {} -- ", account.name));
        for program in ["initdb", "pg_ctl", "postgres"] {
            let path = programs.join("bin").join(program);
            let target = installation.folder.join("bin").join(program);
            let script = format!(
                // From the root folder: the one we were started in may be closed to the account.
                "#!/bin/sh\ncd / && LC_ALL={LOCALE} exec {become_account}'{}' \"$@\"\n",
                target.display()
            );
            fs::write(&path, script)?;
            fs::set_permissions(&path, fs::Permissions::from_mode(0o755))?;
        }
        Ok(programs)
    }
}

/// Whether an account without rights of its own can walk down to the folder.
fn others_may_enter(folder: &Path) -> bool {
    folder
        .ancestors()
        .all(|ancestor| fs::metadata(ancestor).is_ok_and(|found| found.permissions().mode() & 0o001 != 0))
}
