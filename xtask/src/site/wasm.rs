//! The browser's half: compiled, bound, made small.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, anyhow};
use sha2::{Digest, Sha256};
use wasm_bindgen_cli_support::Bindgen;

use super::Profile;
use crate::{
    process::{cargo, run},
    progress::say,
    setup::hex,
};

pub struct Module {
    pub script: Vec<u8>,
    pub wasm: Vec<u8>,
    /// Where the scripts of crates are, if there are any.
    pub folder: PathBuf,
}

const WASM_OPT: &str = "node_modules/.bin/wasm-opt";

pub fn build(profile: Profile) -> Result<Module> {
    let name = match profile {
        Profile::Release => "wasm-release",
        Profile::Dev => "wasm-dev",
    };
    let mut build = cargo();
    build.args([
        "build",
        "--package",
        "frontend",
        "--lib",
        "--target",
        "wasm32-unknown-unknown",
        "--profile",
        name,
    ]);
    if profile == Profile::Release {
        // Erased view types make debug builds fast and this one larger.
        build.env("RUSTFLAGS", "");
    }
    run(&mut build)?;
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from);
    let compiled = target.join("wasm32-unknown-unknown").join(name).join("frontend.wasm");
    let bytes = fs::read(&compiled).with_context(|| format!("{} is missing", compiled.display()))?;

    // What was made of these bytes before is still right.
    let optimise = profile == Profile::Release && Path::new(WASM_OPT).exists();
    let mut inputs = Sha256::new();
    inputs.update(&bytes);
    // Names the version of wasm-opt.
    inputs.update(fs::read("package-lock.json")?);
    let key = format!(
        "{}-{}",
        &hex(&inputs.finalize())[..16],
        if optimise { "small" } else { "plain" }
    );
    let earlier = Path::new("target/site-wasm").join(name);
    let folder = earlier.join(key);
    if !folder.join("done").exists() {
        let _ = fs::remove_dir_all(&earlier);
        fs::create_dir_all(&folder)?;
        bind(&compiled, &folder)?;
        if optimise {
            shrink(&folder)?;
        } else if profile == Profile::Release {
            say("wasm-opt is not there (npm ci): the module stays larger than it could be");
        }
        fs::write(folder.join("done"), "")?;
    }
    Ok(Module {
        script: fs::read(folder.join("plinth.js"))?,
        wasm: fs::read(folder.join("plinth_bg.wasm"))?,
        folder,
    })
}

/// By the library at the very version the module was compiled against, so that they cannot differ.
fn bind(compiled: &Path, folder: &Path) -> Result<()> {
    Bindgen::new()
        .input_path(compiled)
        .out_name("plinth")
        .web(true)
        .and_then(|bindgen| bindgen.typescript(false).remove_name_section(true).generate(folder))
        .map_err(|error| anyhow!("{error:#}"))
}

fn shrink(folder: &Path) -> Result<()> {
    let wasm = folder.join("plinth_bg.wasm");
    run(Command::new(WASM_OPT)
        .arg("-Oz")
        .args([
            "--enable-bulk-memory",
            "--enable-nontrapping-float-to-int",
            "--enable-sign-ext",
            "--enable-mutable-globals",
            "--enable-reference-types",
            "--enable-multivalue",
        ])
        .arg(&wasm)
        .arg("-o")
        .arg(&wasm))
}
