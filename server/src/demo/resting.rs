//! An organization that its owner has paused.

use anyhow::Result;
use domain::{Deps, database::PlatformDatabase, demo::verify, tenants::deactivate::deactivate};

use super::people::{organization, person};

pub const SLUG: &str = "resting";

pub async fn make(deps: &Deps, platform: &PlatformDatabase) -> Result<()> {
    let paused = person(deps, "paused", "Demo Paused").await?;
    verify(platform, deps, paused.id()).await?;
    let resting = organization(deps, &paused, "Resting", SLUG).await?;
    deactivate(&resting, deps).await?;
    Ok(())
}
