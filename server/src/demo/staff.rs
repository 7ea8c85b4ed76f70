//! Somebody who runs the platform, and somebody who helps customers.

use anyhow::Result;
use contract::staff::StaffRole;
use domain::{
    Deps,
    database::PlatformDatabase,
    demo::{is_staffed, make_staff, verify},
};

use super::people::person;

/// Once: whoever is staff already decides who else is.
pub async fn make(deps: &Deps, platform: &PlatformDatabase) -> Result<()> {
    if is_staffed(platform).await? {
        return Ok(());
    }
    for (key, name, role) in [
        ("staff", "Demo Staff", StaffRole::Superadmin),
        ("support", "Demo Support", StaffRole::Support),
    ] {
        let one = person(deps, key, name).await?;
        verify(platform, deps, one.id()).await?;
        make_staff(platform, deps, one.id(), role).await?;
    }
    Ok(())
}
