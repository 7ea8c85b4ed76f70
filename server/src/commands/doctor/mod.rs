//! `plinth doctor`: looks at everything the program stands on. Each finding names its fix.

mod payments;

use std::{fs, path::Path, process::ExitCode};

use anyhow::Result;
use domain::database::MIGRATIONS;
use sqlx::PgPool;

use super::say;
use crate::{
    config::Config,
    mail::smtp::Smtp,
    postgres::{self, Postgres},
};

/// The name of a check, and what came of it.
type Finding = (&'static str, Verdict);

enum Verdict {
    Good(String),
    /// It works, and something that people expect does not. With how to mend it.
    Lacking(String),
    /// With how to mend it.
    Wrong(String),
}

impl From<Result<String, String>> for Verdict {
    fn from(checked: Result<String, String>) -> Self {
        match checked {
            Ok(detail) => Self::Good(detail),
            Err(fix) => Self::Wrong(fix),
        }
    }
}

pub async fn doctor(config: &Config) -> Result<ExitCode> {
    // It was read, so that it is right.
    let mut findings: Vec<Finding> = vec![
        (
            "configuration",
            Verdict::Good(format!("{:?}, {}", config.environment, config.base_url)),
        ),
        ("data folder", data_folder(&config.data_dir).into()),
        ("assets", assets(&config.site_dir).into()),
        ("mail", mail(config).await.into()),
    ];
    findings.extend(payments::account(config).await);
    findings.extend(database(config).await);
    let mut healthy = true;
    for (name, finding) in &findings {
        match finding {
            Verdict::Good(detail) => say(format_args!("ok     {name:<14} {detail}")),
            Verdict::Lacking(fix) => say(format_args!("lacks  {name:<14} {fix}")),
            Verdict::Wrong(fix) => {
                healthy = false;
                say(format_args!("WRONG  {name:<14} {fix}"));
            }
        }
    }
    Ok(if healthy { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn data_folder(folder: &Path) -> Result<String, String> {
    let probe = folder.join(".probe");
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(&probe, ""))
        .and_then(|()| fs::remove_file(&probe))
        .map(|()| folder.display().to_string())
        .map_err(|error| format!("{} cannot be written ({error}): set PLINTH_DATA_DIR", folder.display()))
}

fn assets(site: &Path) -> Result<String, String> {
    let fix = "build them with `cargo xtask site`, or set PLINTH_SITE_DIR";
    let manifest =
        fs::read_to_string(site.join("manifest.json")).map_err(|_| format!("there is no manifest: {fix}"))?;
    let files: std::collections::BTreeMap<String, String> =
        serde_json::from_str(&manifest).map_err(|_| format!("the manifest cannot be read: {fix}"))?;
    match files
        .values()
        .find(|url| !site.join(url.trim_start_matches('/')).exists())
    {
        Some(missing) => Err(format!("{missing} is missing: {fix}")),
        None => Ok(format!("{} files in {}", files.len(), site.display())),
    }
}

async fn mail(config: &Config) -> Result<String, String> {
    let Some(url) = &config.smtp_url else {
        return Ok("kept in the mailbox at /dev/mailbox".to_owned());
    };
    let smtp = Smtp::new(url, &config.mail_from).map_err(|error| format!("{error:#}: check SMTP_URL and MAIL_FROM"))?;
    match smtp.check().await {
        Ok(true) => Ok("the server answers".to_owned()),
        Ok(false) => Err("the server does not take our name: check SMTP_URL".to_owned()),
        Err(error) => Err(format!("{error:#}: check SMTP_URL")),
    }
}

async fn database(config: &Config) -> Vec<Finding> {
    let postgres = match Postgres::open(config).await {
        Ok(postgres) => postgres,
        Err(error) if postgres::is_in_use(&error) => {
            return vec![("database", Verdict::Good("in use by a running server".to_owned()))];
        }
        Err(error) => return vec![("database", Verdict::Wrong(format!("{error:#}")))],
    };
    let owner = match postgres.owner().await {
        Ok(owner) => owner,
        Err(error) => return vec![("database", Verdict::Wrong(format!("{error:#}")))],
    };
    let mut findings = vec![
        ("database", version(&owner).await.into()),
        ("schema", schema(&owner).await.into()),
        ("roles", roles(&owner).await.into()),
        ("sign-in", sign_in(config, &postgres).await.into()),
    ];
    findings.extend(payments::catalogue(config, &postgres).await);
    owner.close().await;
    if let Err(error) = postgres.close().await {
        tracing::warn!(%error, "the private database did not stop");
    }
    findings
}

async fn version(owner: &PgPool) -> Result<String, String> {
    let number: i32 = sqlx::query_scalar("select current_setting('server_version_num')::int")
        .fetch_one(owner)
        .await
        .map_err(|error| error.to_string())?;
    if number >= 150_000 {
        Ok(format!("Postgres {}", number / 10_000))
    } else {
        Err("Postgres 15 or newer is needed".to_owned())
    }
}

async fn schema(owner: &PgPool) -> Result<String, String> {
    let applied: i64 = sqlx::query_scalar("select count(*) from _sqlx_migrations where success")
        .fetch_one(owner)
        .await
        .unwrap_or_default();
    let known = MIGRATIONS.iter().count();
    if usize::try_from(applied).unwrap_or_default() == known {
        Ok(format!("{known} migrations"))
    } else {
        Err(format!(
            "{applied} of {known} migrations are applied: run `plinth migrate`"
        ))
    }
}

async fn roles(owner: &PgPool) -> Result<String, String> {
    let sound: i64 = sqlx::query_scalar(
        "select count(*) from pg_roles where rolname in ('plinth_app', 'plinth_platform') and rolcanlogin \
         and not rolsuper and not rolbypassrls and not exists (select from pg_class where relowner = pg_roles.oid)",
    )
    .fetch_one(owner)
    .await
    .map_err(|error| error.to_string())?;
    if sound == 2 {
        Ok("plinth_app and plinth_platform, bound by row-level security".to_owned())
    } else {
        Err("plinth_app and plinth_platform must be able to sign in, own nothing and bypass nothing: run `plinth migrate`".to_owned())
    }
}

/// As the server does: each role by its own password, through the pooler and past it.
async fn sign_in(config: &Config, postgres: &Postgres) -> Result<String, String> {
    let (app, platform, worker) = (postgres.app(config), postgres.platform(config), postgres.worker(config));
    let attempts = [
        ("plinth_app", "DATABASE_URL", app.ping().await),
        ("plinth_platform", "DATABASE_URL", platform.ping().await),
        ("plinth_platform", "DATABASE_DIRECT_URL", worker.ping().await),
    ];
    app.close().await;
    platform.close().await;
    worker.close().await;
    for (role, url, attempt) in attempts {
        let Err(error) = attempt else { continue };
        let fix = match &error {
            domain::Error::Database(sqlx::Error::Database(refusal)) if refusal.code().as_deref() == Some("28P01") => {
                "set the PLINTH_SECRET that `plinth migrate` was run with, or run it with this one"
            }
            _ => "check the address; docs/configuration.md says what a pooler there has to know",
        };
        return Err(format!("{role} cannot work through {url} ({error}): {fix}"));
    }
    Ok("plinth_app and plinth_platform, with passwords from PLINTH_SECRET".to_owned())
}
