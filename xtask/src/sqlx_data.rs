//! The committed answers of the database to every query, so that a build needs no database.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    path::Path,
    process::Command,
    time::SystemTime,
};

use anyhow::{Context, Result, bail};
use sqlx::{PgPool, migrate::Migrator};

use crate::{
    database::TemporaryCluster,
    process::{cargo, run, runtime},
    progress::say,
};

const COMMITTED: &str = ".sqlx";

/// Asks a fresh database about every query and keeps the answers.
pub fn write() -> Result<()> {
    let cluster = TemporaryCluster::start()?;
    let folder = tempfile::tempdir()?;
    ask(&cluster, folder.path())?;
    let answers = read(folder.path())?;
    // What is committed stays as long as nothing better is there.
    let _ = fs::remove_dir_all(COMMITTED);
    fs::create_dir_all(COMMITTED)?;
    for (name, answer) in &answers {
        fs::write(Path::new(COMMITTED).join(name), answer)?;
    }
    say(format_args!("{COMMITTED}/ holds {} queries", answers.len()));
    Ok(())
}

/// Fails when what is committed is not what a fresh database answers.
pub fn verify(cluster: &TemporaryCluster) -> Result<()> {
    let folder = tempfile::tempdir()?;
    ask(cluster, folder.path())?;
    if read(folder.path())? != read(Path::new(COMMITTED))? {
        bail!("{COMMITTED}/ is out of date: run `make sqlx` and commit what changes");
    }
    Ok(())
}

fn ask(cluster: &TemporaryCluster, folder: &Path) -> Result<()> {
    let url = cluster.create_database("plinth_queries")?;
    runtime()?.block_on(migrate(&url))?;
    fs::create_dir_all(folder)?;
    // Only macros that are expanded again write their answer. The file's time is put back afterwards, so that the next
    // build does not make everything anew.
    let source = File::options().append(true).open("domain/src/lib.rs")?;
    let modified = source.metadata()?.modified()?;
    #[expect(clippy::disallowed_methods, reason = "a file's time is the machine's")]
    let touched = SystemTime::now();
    source.set_modified(touched)?;
    let checked = run(cargo()
        .args([
            "check",
            "--quiet",
            "--package",
            "domain",
            "--all-targets",
            "--features",
            "testing",
        ])
        .env("DATABASE_URL", &url)
        .env("SQLX_OFFLINE", "false")
        .env("SQLX_OFFLINE_DIR", fs::canonicalize(folder)?));
    if source.metadata()?.modified()? == touched {
        source.set_modified(modified)?;
    }
    checked
}

async fn migrate(url: &str) -> Result<()> {
    let pool = PgPool::connect(url).await?;
    Migrator::new(Path::new("migrations"))
        .await?
        .run(&pool)
        .await
        .context("the migrations failed")?;
    pool.close().await;
    Ok(())
}

fn read(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        files.insert(name, fs::read(&path)?);
    }
    Ok(files)
}

/// A command that sees the committed answers and this database.
pub fn with_database<'a>(command: &'a mut Command, url: &str) -> &'a mut Command {
    command.env("DATABASE_URL", url).env("SQLX_OFFLINE", "true")
}
