//! `plinth staff`: the first of the staff, and the way back when nobody of them can sign in any more.

use std::process::ExitCode;

use anyhow::{Result, anyhow, bail};
use contract::{email::EmailAddress, text::PersonName};
use domain::staff::{
    bootstrap::{Bootstrapped, bootstrap},
    terminal::{self, Revoked},
};

use super::{Workplace, say};
use crate::config::Config;

#[derive(Debug, Clone, clap::Subcommand)]
pub enum Task {
    /// Make the first superadmin, who invites the others; refused as long as anybody is staff
    Bootstrap {
        #[arg(long)]
        email: String,
        #[arg(long)]
        name: String,
    },
    /// Who is staff
    List,
    /// End somebody's place on the staff and sign them out everywhere; the last superadmin's as well
    Revoke {
        #[arg(long)]
        email: String,
    },
}

pub async fn staff(config: &Config, task: Task) -> Result<ExitCode> {
    let workplace = Workplace::open(config).await?;
    let done = match task {
        Task::Bootstrap { email, name } => first(&workplace, config, &email, &name).await,
        Task::List => list(&workplace).await,
        Task::Revoke { email } => revoke(&workplace, &email).await,
    };
    workplace.close().await?;
    done.map(|()| ExitCode::SUCCESS)
}

async fn first(workplace: &Workplace, config: &Config, email: &str, name: &str) -> Result<()> {
    let email = address(email)?;
    let name = PersonName::parse(name).map_err(|_| anyhow!("a name has 1 to 100 characters"))?;
    match bootstrap(&workplace.platform, &workplace.deps, &email, &name).await? {
        Bootstrapped::Done { path } => {
            say(format_args!(
                "{email} is superadmin now. By this link, which works once and for 30 minutes, they choose a password:\n\n  {}{path}\n",
                config.base_url
            ));
            Ok(())
        }
        Bootstrapped::Staffed => bail!(
            "somebody is staff already and invites the others: `plinth staff list` says who, and `plinth staff revoke` ends them"
        ),
        Bootstrapped::HasOrganizations => {
            bail!(
                "{email} belongs to an organization, and staff belong to none: take another address, or leave it first"
            )
        }
    }
}

async fn list(workplace: &Workplace) -> Result<()> {
    let all = terminal::list(&workplace.platform).await?;
    if all.is_empty() {
        say("nobody is staff: `plinth staff bootstrap` makes the first one");
    }
    for one in all {
        say(format_args!(
            "{:<10}  {}  {}  since {}",
            one.role.key(),
            one.email,
            one.name,
            one.since.format("%Y-%m-%d")
        ));
    }
    Ok(())
}

async fn revoke(workplace: &Workplace, email: &str) -> Result<()> {
    let email = address(email)?;
    match terminal::revoke(&workplace.platform, &workplace.deps, &email).await? {
        Revoked::Done => {
            say(format_args!("{email} is no longer staff, and signed out everywhere"));
            Ok(())
        }
        Revoked::NotStaff => bail!("{email} is not staff"),
    }
}

fn address(text: &str) -> Result<EmailAddress> {
    EmailAddress::parse(text).map_err(|_| anyhow!("{text} is no e-mail address"))
}
