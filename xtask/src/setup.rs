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
    postgres()?;
    npm(Path::new("."))
}

/// For testing, beside that.
pub fn tests() -> Result<Browser> {
    build()?;
    if !exists("npm", "--version") {
        bail!("the browser tests need Node: install it from https://nodejs.org");
    }
    npm(Path::new("end2end"))?;
    nextest()?;
    oracles()?;
    chromium()
}

pub fn nextest() -> Result<()> {
    if !exists("cargo-nextest", "--version") {
        say("installing cargo-nextest");
        run(cargo().args(["install", "--locked", "--quiet", "cargo-nextest"]))?;
    }
    Ok(())
}

/// The payment provider's own clients: tests of the sandbox ask them whether it speaks as the provider does.
pub fn oracles() -> Result<()> {
    if !exists("npm", "--version") {
        bail!("the tests of the payment sandbox need Node: install it from https://nodejs.org");
    }
    npm(Path::new("oracles"))?;
    python(Path::new("oracles/requirements.txt"), Path::new("target/oracles"))
}

/// Installs packages into a folder of their own when their list is not the one they were installed by.
fn python(list: &Path, folder: &Path) -> Result<()> {
    let wanted = fs::read_to_string(list)?;
    let stamp = folder.join("installed");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    if !exists("python3", "--version") {
        bail!("the tests of the payment sandbox need Python 3.11 or later: install it from https://python.org");
    }
    say(format_args!("installing Python packages of {}", list.display()));
    let make = || run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(folder));
    if make().is_err() {
        if exists("apt-get", "--version") {
            apt_get(&["python3-venv"])?;
        }
        if make().is_err() {
            bail!("Python has no virtual environments: install its venv module, on Debian the package python3-venv");
        }
    }
    run(Command::new(folder.join("bin/python"))
        .args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--requirement",
        ])
        .arg(list))?;
    fs::write(stamp, wanted)?;
    Ok(())
}

/// The load tool.
pub fn bench() -> Result<()> {
    // It ends with a failure when it is asked for its version: that it starts is enough.
    let installed = || Command::new("wrk").arg("--version").output().is_ok();
    if !installed() && exists("apt-get", "--version") {
        apt_get(&["wrk"])?;
    } else if !installed() && exists("brew", "--version") {
        run(Command::new("brew").args(["install", "--quiet", "wrk"]))?;
    }
    if !installed() {
        bail!("the load tool is missing: install wrk");
    }
    Ok(())
}

/// What the browser tests run in.
pub enum Browser {
    System(PathBuf),
    Playwrights,
}

/// An ordinary user's is downloaded when it is first started. Root cannot start that one.
fn postgres() -> Result<()> {
    if cluster::is_installed() || std::env::var_os("DATABASE_URL").is_some() || !is_root() {
        return Ok(());
    }
    if !exists("apt-get", "--version") {
        bail!("there is no Postgres: install one, set DATABASE_URL, or work as an ordinary user");
    }
    apt_get(&["postgresql"])
}

fn is_root() -> bool {
    Command::new("id")
        .arg("-u")
        .output()
        .is_ok_and(|output| output.stdout == b"0\n")
}

/// Installs the first of these that Debian or its derivative knows.
fn apt_get(packages: &[&str]) -> Result<()> {
    let names = packages.join(" or ");
    say(format_args!("installing {names}"));
    let sudo = if is_root() { "" } else { "sudo " };
    let script = format!(
        "{sudo}apt-get update -qq > /dev/null || exit; \
         for package; do \
           {sudo}env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $package > /dev/null 2> target/apt-get.log && exit; \
         done; \
         cat target/apt-get.log >&2; exit 1"
    );
    fs::create_dir_all("target")?;
    run(Command::new("sh").args(["-c", &script, "sh"]).args(packages))
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
        .args(["ci", "--loglevel=error", "--no-audit", "--no-fund"])
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
        .current_dir(folder))?;
    fs::write(stamp, digest)?;
    Ok(())
}

/// A browser for the tests: the system's, Debian's package, or Playwright's own. The one that cannot open a window costs
/// about half of what the other does, and is fetched where nobody has to be asked for a password.
fn chromium() -> Result<Browser> {
    if let Some(path) = std::env::var_os("CHROMIUM_PATH") {
        return Ok(Browser::System(path.into()));
    }
    let found = || installed(&WINDOWLESS).or_else(|| installed(&BROWSERS));
    let wanted = found().is_none() || (is_root() && installed(&WINDOWLESS).is_none());
    if wanted && exists("apt-get", "--version") {
        let fetched = apt_get(&["chromium-headless-shell", "chromium"]);
        if found().is_none() {
            fetched?;
        }
    }
    if let Some(path) = found() {
        return Ok(Browser::System(path));
    }
    let mut install = Command::new("npx");
    install
        .args(["playwright", "install", "chromium"])
        .current_dir("end2end");
    if run(&mut install).is_err() {
        bail!("the browser tests need Chromium: install it, and set CHROMIUM_PATH if it is in an unusual place");
    }
    Ok(Browser::Playwrights)
}

const WINDOWLESS: [&str; 1] = ["/usr/bin/chromium-headless-shell"];

const BROWSERS: [&str; 5] = [
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

fn installed(programs: &[&str]) -> Option<PathBuf> {
    programs.iter().map(PathBuf::from).find(|path| path.exists())
}

pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
