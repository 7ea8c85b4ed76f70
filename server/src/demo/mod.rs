//! The demo: people and organizations to look around with. Made by the same operations that a person's clicks call.
//!
//! Each part is made once and stays as it is found: a database that lacks one is given it at the next start.

mod full_house;
mod organization;
mod people;
mod reports;
mod resting;
mod staff;

#[cfg(feature = "sandbox")]
pub mod bills;

use anyhow::Result;
use domain::{
    Deps,
    database::PlatformDatabase,
    demo::{PASSWORD, owns_one},
};

use self::people::{address, person};
use crate::payments::SandboxPages;

/// Harmless to repeat. How organizations can stand with their bills is shown where the sandbox is the payment provider, since
/// what happened to them is made there.
pub async fn seed(deps: &Deps, platform: &PlatformDatabase, sandbox: Option<&SandboxPages>) -> Result<()> {
    if !owns_one(platform, &address("owner")).await? {
        organization::make(deps, platform).await?;
        person(deps, "unverified", "Demo Unverified").await?;
    }
    if !owns_one(platform, &address("paused")).await? {
        resting::make(deps, platform).await?;
    }
    if !owns_one(platform, &address("limit")).await? {
        full_house::make(deps, platform).await?;
    }
    staff::make(deps, platform).await?;
    reports::make(deps, platform).await?;
    #[cfg(feature = "sandbox")]
    if let Some(sandbox) = sandbox {
        bills::seed(deps, platform, sandbox.control()).await?;
    }
    #[cfg(not(feature = "sandbox"))]
    let _ = sandbox;
    Ok(())
}

/// For the terminal.
pub fn sign_ins() -> String {
    let people = [
        ("owner", "owns an organization with everything in it"),
        ("member", "works in it"),
        ("admin", "sees to its people and projects"),
        ("billing", "sees to its bills"),
        ("guest", "sees the one project they were given"),
        ("suspended", "is locked out of it"),
        ("paused", "has paused their organization"),
        ("limit", "has used up the plan's projects and seats"),
        ("unverified", "has not proven the address"),
        ("staff", "runs the platform"),
        ("support", "helps organizations"),
    ];
    let lines = people.map(|(key, what)| format!("  {:<28} {what}", address(key)));
    format!(
        "sign in as (password: {PASSWORD})\n{}\nor as somebody of the landing page, which has an owner for each way to stand with bills",
        lines.join("\n")
    )
}
