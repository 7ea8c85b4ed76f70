//! `plinth audit`: whether anybody has tampered with the log, and erasing what it tells about somebody who is gone.

use std::process::ExitCode;

use anyhow::{Result, bail};
use contract::ids::UserId;
use domain::audit::{
    NO_TENANT,
    redact::{self, Redaction},
    verify::{self, Break, Damage, Verdict},
};

use super::{Workplace, say};
use crate::{config::Config, postgres::Postgres};

#[derive(Debug, Clone, clap::Subcommand)]
pub enum Task {
    /// Follow every chain from its first entry to its last, and name the first one that is not as it was written
    Verify,
    /// Erase what the log tells about somebody who deleted their account
    Redact {
        /// The id of the account
        user: uuid::Uuid,
    },
}

/// Fails when the log is broken, so that a job that runs this every night is heard of.
pub async fn audit(config: &Config, task: Task) -> Result<ExitCode> {
    match task {
        Task::Verify => {
            let postgres = Postgres::open(config).await?;
            let code = verify(&postgres).await;
            postgres.close().await?;
            code
        }
        Task::Redact { user } => {
            let workplace = Workplace::open(config).await?;
            let code = redact(&workplace, user.into()).await;
            workplace.close().await?;
            code
        }
    }
}

async fn verify(postgres: &Postgres) -> Result<ExitCode> {
    let owner = postgres.owner().await?;
    let verdict = verify::verify(&owner).await?;
    owner.close().await;
    say(in_words(&verdict));
    Ok(match verdict {
        Verdict::Whole { .. } => ExitCode::SUCCESS,
        Verdict::Broken(_) => ExitCode::FAILURE,
    })
}

async fn redact(workplace: &Workplace, user: UserId) -> Result<ExitCode> {
    match redact::redact(&workplace.platform, &workplace.deps, user, None).await? {
        Redaction::Done { entries } => say(format_args!("emptied: {entries} entries; the chains hold")),
        Redaction::AccountLives => bail!("the account {user} is there: its owner has to delete it first"),
        Redaction::Unknown => bail!("there never was an account {user}"),
    }
    Ok(ExitCode::SUCCESS)
}

pub fn in_words(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Whole {
            chains,
            entries,
            redacted,
        } => format!(
            "whole: {entries} entries in {chains} chains are as they were written; {redacted} of them were emptied"
        ),
        Verdict::Broken(broken) => broken_in_words(broken),
    }
}

fn broken_in_words(broken: &Break) -> String {
    let Break {
        tenant,
        slug,
        chain,
        position,
        entry,
        damage,
    } = broken;
    let organization = match slug {
        Some(slug) => format!("{tenant} (/o/{slug})"),
        None if *tenant == NO_TENANT => "none: the chain is a person's".to_owned(),
        None => tenant.to_string(),
    };
    let entry = entry.map_or_else(|| "none".to_owned(), |entry| entry.to_string());
    let damage = match damage {
        Damage::Missing => "missing: the entry is gone, or its place in the chain was changed",
        Damage::Changed => "changed: what it says, or what it follows, is not what was written",
        Damage::DetailsChanged => "details changed: before, after, address or device are not what was written",
        Damage::CutOff => "cut off: entries at the end of the chain are gone",
        Damage::Added => "added: the chain goes on behind its end",
    };
    format!(
        "BROKEN: the first entry that is not as it was written:\n\
         organization  {organization}\nchain         {chain}\nposition      {position}\nentry         {entry}\ndamage        {damage}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_row_is_named() {
        let id = |digit: u128| uuid::Uuid::from_u128(digit);
        let broken = Break {
            tenant: id(1).into(),
            slug: Some("acme".to_owned()),
            chain: id(1),
            position: 7,
            entry: Some(id(2)),
            damage: Damage::DetailsChanged,
        };
        let words = in_words(&Verdict::Broken(broken));
        for part in [
            "BROKEN",
            "00000000-0000-0000-0000-000000000001 (/o/acme)",
            "position      7",
            "entry         00000000-0000-0000-0000-000000000002",
            "details changed",
        ] {
            assert!(words.contains(part), "{part} in {words}");
        }
        let person = Break {
            tenant: NO_TENANT,
            slug: None,
            chain: id(3),
            position: 1,
            entry: None,
            damage: Damage::CutOff,
        };
        assert!(in_words(&Verdict::Broken(person)).contains("a person's"));
    }
}
