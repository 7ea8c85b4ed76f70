//! Whose processes the server's are. Postgres refuses to run as root, so that root starts it as somebody else.

use std::{fs, os::unix::fs::MetadataExt};

use anyhow::{Context, Result};

/// The account that the server runs as when we are root.
#[derive(Debug)]
pub struct Account {
    pub name: String,
    pub uid: u32,
    pub gid: u32,
}

impl Account {
    /// `None` when we are somebody ourselves.
    pub fn for_server() -> Result<Option<Self>> {
        if !is_root()? {
            return Ok(None);
        }
        let accounts = fs::read_to_string("/etc/passwd").context("the accounts of this machine cannot be read")?;
        ["postgres", "nobody"]
            .iter()
            .find_map(|name| accounts.lines().find_map(|line| Self::parse(line).filter(|account| account.name == **name)))
            .map(Some)
            .context("Postgres refuses to run as root, and there is no account `postgres` to run it as: install Postgres, or run as an ordinary user")
    }

    fn parse(line: &str) -> Option<Self> {
        let mut fields = line.split(':');
        let name = fields.next()?.to_owned();
        let uid = fields.nth(1)?.parse().ok()?;
        let gid = fields.next()?.parse().ok()?;
        Some(Self { name, uid, gid })
    }
}

/// A file that a process makes belongs to the account it runs as.
fn is_root() -> Result<bool> {
    let probe = tempfile::tempfile().context("no temporary file can be made")?;
    Ok(probe.metadata()?.uid() == 0)
}

#[cfg(test)]
mod tests {
    use super::Account;

    #[test]
    fn reads_a_line_of_accounts() {
        let account =
            Account::parse("postgres:x:101:104:PostgreSQL administrator,,,:/var/lib/postgresql:/bin/bash").unwrap();
        assert_eq!(
            (account.name.as_str(), account.uid, account.gid),
            ("postgres", 101, 104)
        );
        assert!(Account::parse("broken").is_none());
    }
}
