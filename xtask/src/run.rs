//! From a clean clone to a running application.

use std::{
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use crate::{
    process::{cargo, run as run_to_end},
    progress::say,
    setup,
    site::{self, Profile},
};

pub fn run() -> Result<()> {
    setup::build()?;
    site::build(Profile::Release)?;
    say("building the server");
    build_server()?;
    // In place of this program, so that Ctrl-C reaches the server and nobody else.
    let error = server().arg("serve").exec();
    Err(error).context("the server could not be started")
}

pub fn build_server() -> Result<()> {
    run_to_end(cargo().args(["build", "--quiet", "--package", "server"]))
}

pub fn server_path() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| PathBuf::from("target"), PathBuf::from)
        .join("debug/plinth")
}

pub fn server() -> Command {
    let mut command = Command::new(server_path());
    command.env("PLINTH_SITE_DIR", Path::new(site::SITE));
    command
}
