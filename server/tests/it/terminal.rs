//! The program itself, told to do something at a terminal.

use std::process::{Command, Output};

use crate::harness::Product;

/// As the owner of this database.
pub fn plinth(product: &Product, arguments: &[&str]) -> Output {
    plinth_with(product, &[], arguments)
}

/// The same with settings of its own.
pub fn plinth_with(product: &Product, settings: &[(&str, &str)], arguments: &[&str]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    Command::new(env!("CARGO_BIN_EXE_plinth"))
        .args(arguments)
        .current_dir(folder.path())
        .env("PLINTH_ENV", "development")
        .env("PLINTH_LOG", "error")
        .env("PLINTH_SECRET", domain::testing::SECRET)
        .env("DATABASE_URL", product.database.urls().owner)
        .envs(settings.iter().copied())
        .output()
        .unwrap()
}

/// What can be read there: answers, and why it failed.
pub fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}
