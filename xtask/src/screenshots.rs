//! Every page as a picture, at three widths, in light and dark.

use std::fs;

use anyhow::Result;

use crate::{process::run, progress::say, run::build_server, setup, site, test::playwright_command};

const FOLDER: &str = "target/screenshots";

/// Without a scene all of them are taken, into an empty folder.
pub fn screenshots(scene: Option<&str>) -> Result<()> {
    let browser = setup::tests()?;
    site::build(site::Profile::Release)?;
    build_server()?;
    if scene.is_none() && fs::exists(FOLDER)? {
        fs::remove_dir_all(FOLDER)?;
    }
    fs::create_dir_all(FOLDER)?;
    let folder = fs::canonicalize(FOLDER)?;
    run(playwright_command(&browser)?
        .args(["--config", "screenshots/playwright.config.ts"])
        .args(scene.iter().flat_map(|scene| ["--grep", *scene]))
        .env("PLINTH_SCREENSHOTS", &folder))?;
    say(format_args!(
        "{} pictures in {}",
        fs::read_dir(&folder)?.count(),
        folder.display()
    ));
    Ok(())
}
