//! What the machine needs, fetched from registries, once and quietly.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Result, bail};
use sha2::{Digest, Sha256};

use crate::{
    process::{cargo, exists, run},
    progress::say,
};

/// For building and running.
pub fn build() -> Result<()> {
    wasm_target()?;
    npm(Path::new("."))
}

/// For testing, beside that.
pub fn tests() -> Result<PathBuf> {
    build()?;
    npm(Path::new("end2end"))?;
    if !exists("cargo-nextest", "--version") {
        say("installing cargo-nextest");
        run(cargo().args(["install", "--locked", "--quiet", "cargo-nextest"]))?;
    }
    chromium()
}

fn wasm_target() -> Result<()> {
    const TARGET: &str = "wasm32-unknown-unknown";
    let sysroot = Command::new("rustc").args(["--print", "sysroot"]).output()?;
    let sysroot = String::from_utf8(sysroot.stdout)?;
    if Path::new(sysroot.trim()).join("lib/rustlib").join(TARGET).exists() {
        return Ok(());
    }
    if run(Command::new("rustup").args(["target", "add", TARGET])).is_err() {
        bail!("the wasm half cannot be built: add the target with `rustup target add {TARGET}`");
    }
    Ok(())
}

/// Installs a folder's packages when its lock file is not the one they were installed by.
fn npm(folder: &Path) -> Result<()> {
    if !exists("npm", "--version") {
        say("npm is not installed: the wasm module stays unoptimised and the system's typeface is used");
        return Ok(());
    }
    let lock = fs::read(folder.join("package-lock.json"))?;
    let digest = hex(&Sha256::digest(&lock));
    let stamp = folder.join("node_modules/.plinth-lock");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == digest) {
        return Ok(());
    }
    say(format_args!("installing npm packages in {}", folder.display()));
    run(Command::new("npm")
        .args(["ci", "--silent", "--no-audit", "--no-fund"])
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
        .current_dir(folder))?;
    fs::write(stamp, digest)?;
    Ok(())
}

/// A browser for the tests: the system's, Debian's package, or Playwright's own.
fn chromium() -> Result<PathBuf> {
    if let Some(path) = std::env::var_os("CHROMIUM_PATH") {
        return Ok(path.into());
    }
    if let Some(path) = installed_chromium() {
        return Ok(path);
    }
    if exists("apt-get", "--version") {
        say("installing Chromium");
        let sudo = if Command::new("id")
            .arg("-u")
            .output()
            .is_ok_and(|out| out.stdout == b"0\n")
        {
            ""
        } else {
            "sudo "
        };
        let script = format!(
            "{sudo}apt-get update -qq && {sudo}env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium"
        );
        run(Command::new("sh").args(["-c", &format!("({script}) > /dev/null")]))?;
        if let Some(path) = installed_chromium() {
            return Ok(path);
        }
    }
    bail!("the browser tests need Chromium: install it, and set CHROMIUM_PATH if it is in an unusual place")
}

fn installed_chromium() -> Option<PathBuf> {
    [
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    ]
    .iter()
    .map(PathBuf::from)
    .find(|path| path.exists())
}

pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
