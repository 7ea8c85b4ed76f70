//! What browsers load, built into `target/site`: named by content, so that it can be cached for ever, and compressed once.
//!
//! A file whose content did not change keeps its name and is not touched again.

mod budget;
mod output;
mod style;
mod wasm;

use std::{fs, path::Path, time::Instant};

use anyhow::{Context, Result};

use self::output::Output;
use crate::progress::{say, short};

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Profile {
    /// Small, for people. Held to the budget.
    Release,
    /// Built quickly, for development.
    Dev,
}

pub const SITE: &str = "target/site";
const FONT: &str = "node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2";

pub fn build(profile: Profile) -> Result<()> {
    let started = Instant::now();
    let mut output = Output::new(Path::new(SITE), profile)?;

    let module = wasm::build(profile)?;
    output.add("plinth.js", &module.script)?;
    output.add("plinth.wasm", &module.wasm)?;
    output.add_snippets(&module.folder)?;

    for entry in fs::read_dir("public")? {
        let path = entry?.path();
        if path.is_file() {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            output.add(&name, &fs::read(&path)?)?;
        }
    }
    for entry in fs::read_dir("public/root")? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        output.add_unhashed(&name, &fs::read(&path)?)?;
    }
    if Path::new(FONT).exists() {
        output.add("inter.woff2", &fs::read(FONT)?)?;
    }
    let style = style::bundle(Path::new("style/main.css"))?;
    output.add("main.css", output.link(&style).as_bytes())?;

    output.finish().context("the site's manifest could not be written")?;
    budget::report(&output, profile)?;
    say(format_args!("site built in {}", short(started.elapsed())));
    Ok(())
}
