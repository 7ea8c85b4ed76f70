//! The provider's own clients, which check every reply and every webhook, find nothing amiss.

use std::{
    env,
    path::{Path, PathBuf},
    process::Stdio,
    sync::Arc,
};

use sandbox::{MovableClock, Options, Sandbox};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    process::Command,
};

use super::harness::{SECRET, TOKEN, options};

/// Of the time before September 2026, which is all that the older client knows.
const OLD_SECRET: &str = "whsec_ovyN6cPrTv56AApvzCaJno08SSmGJmgbWilb33N2JuK";

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// It says where it listens, is told where the sandbox is, and ends well or not.
async fn run(mut command: Command, secret: &str) {
    let mut child = command
        .env("SANDBOX_TOKEN", TOKEN)
        .env("SANDBOX_SECRET", secret)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let port = lines.next_line().await.unwrap();
    let sandbox = match port {
        Some(port) => Some(start(&port, secret).await),
        None => None,
    };
    if let Some(sandbox) = &sandbox {
        let line = format!("{}\n", sandbox.url());
        child.stdin.take().unwrap().write_all(line.as_bytes()).await.unwrap();
    }
    let told = lines.next_line().await.unwrap();
    let output = child.wait_with_output().await.unwrap();
    let complaints = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{told:?}\n{complaints}");
}

async fn start(port: &str, secret: &str) -> Sandbox {
    let clock = Arc::new(MovableClock::default());
    let mut options: Options = options(clock, None, &format!("http://127.0.0.1:{port}/"));
    if let Some(webhook) = &mut options.webhook {
        secret.clone_into(&mut webhook.secret);
    }
    Sandbox::start(options).await.unwrap()
}

fn must_exist(path: &Path) {
    assert!(path.exists(), "{} is missing: `make check` installs it", path.display());
}

#[tokio::test]
async fn the_client_for_javascript_agrees() {
    let folder = workspace().join("oracles");
    must_exist(&folder.join("node_modules/@polar-sh/sdk"));
    let mut command = Command::new("node");
    command.arg("polar_client.js").current_dir(folder);
    run(command, OLD_SECRET).await;
}

#[tokio::test]
async fn the_client_for_python_agrees() {
    let python = workspace().join("target/oracles/bin/python");
    must_exist(&python);
    let mut command = Command::new(python);
    command.arg("polar_client.py").current_dir(workspace().join("oracles"));
    run(command, SECRET).await;
}
