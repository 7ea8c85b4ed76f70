//! The optimised server, on a free port.

use std::{
    fs,
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    os::unix::fs::PermissionsExt,
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use tempfile::TempDir;

use super::{database::Database, load::Target};
use crate::site;

pub struct Product {
    child: Child,
    address: String,
    _data: TempDir,
}

/// Resident memory, in megabytes.
#[derive(Debug, Clone, Copy, Default)]
pub struct Memory {
    pub now: f64,
    /// The most it has been; `None` where the system does not tell.
    pub peak: Option<f64>,
}

/// Everything in one process, as by default.
impl Product {
    pub fn start(database: &Database) -> Result<Self> {
        let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        let address = format!("127.0.0.1:{port}");
        let data = tempfile::Builder::new()
            .prefix("plinth-bench-")
            .permissions(fs::Permissions::from_mode(0o755))
            .tempdir()?;
        let child = Command::new(program()?)
            .arg("serve")
            .current_dir(data.path())
            .env("DATABASE_URL", &database.url)
            .env("PLINTH_ADDRESS", &address)
            .env("PLINTH_BASE_URL", format!("http://{address}"))
            .env("PLINTH_SANDBOX_ADDRESS", "127.0.0.1:0")
            .env("PLINTH_DATA_DIR", data.path())
            .env("PLINTH_SITE_DIR", fs::canonicalize(site::SITE)?)
            .env("PLINTH_LOG", "error")
            .stdout(Stdio::null())
            .spawn()
            .context("the server could not be started")?;
        let mut product = Self {
            child,
            address,
            _data: data,
        };
        product.wait()?;
        Ok(product)
    }

    fn wait(&mut self) -> Result<()> {
        let started = Instant::now();
        while started.elapsed() < Duration::from_mins(1) {
            if let Some(status) = self.child.try_wait()? {
                bail!("the server ended before it was ready ({status})");
            }
            if self.get("/readyz", "").is_ok_and(|answer| answer.contains(" 200 ")) {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        bail!("the server was not ready within a minute")
    }

    pub fn url(&self, target: &Target) -> String {
        format!("http://{}{}", self.address, target.path)
    }

    /// One request, and the whole answer as it came.
    pub fn ask(&self, target: &Target) -> Result<String> {
        let cookie = format!("Cookie: {}\r\n", cookie(target.session));
        let answer = match target.body {
            None => self.get(target.path, &cookie)?,
            Some(body) => self.send(&format!(
                "POST {} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n{cookie}Accept: application/json\r\n\
                 Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
                target.path,
                self.address,
                body.len()
            ))?,
        };
        let status = answer.split(' ').nth(1).unwrap_or_default();
        if status != "200" {
            bail!("{} answers {status}", target.path);
        }
        Ok(answer)
    }

    fn get(&self, path: &str, headers: &str) -> Result<String> {
        self.send(&format!(
            "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n{headers}\r\n",
            self.address
        ))
    }

    fn send(&self, request: &str) -> Result<String> {
        let mut stream = TcpStream::connect(&self.address)?;
        stream.write_all(request.as_bytes())?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        Ok(String::from_utf8_lossy(&answer).into_owned())
    }

    pub fn memory(&self) -> Result<Memory> {
        let id = self.child.id().to_string();
        let output = Command::new("ps").args(["-o", "rss=", "-p", &id]).output()?;
        let now: f64 = String::from_utf8(output.stdout)?.trim().parse()?;
        let peak = fs::read_to_string(format!("/proc/{id}/status"))
            .ok()
            .and_then(|status| {
                let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
                line.split_whitespace().next()?.parse::<f64>().ok()
            });
        Ok(Memory {
            now: now / 1024.0,
            peak: peak.map(|kilobytes| kilobytes / 1024.0),
        })
    }
}

impl Drop for Product {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn cookie(session: &str) -> String {
    format!("__Host-plinth_session={session}")
}

fn program() -> Result<PathBuf> {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from);
    Ok(fs::canonicalize(target.join("release/plinth"))?)
}
