//! An organization in which every project and every seat of the plan is in use.

use anyhow::Result;
use contract::iam::{DefaultRole, MemberType};
use domain::{
    Deps,
    actor::OrgActor,
    database::PlatformDatabase,
    demo::verify,
    people::invite::{Offer, invite},
    projects,
};

use super::{
    organization::fields,
    people::{organization, person},
};

pub const SLUG: &str = "full-house";

pub async fn make(deps: &Deps, platform: &PlatformDatabase) -> Result<()> {
    let limit = person(deps, "limit", "Demo Limit").await?;
    verify(platform, deps, limit.id()).await?;
    let full = organization(deps, &limit, "Full House", SLUG).await?;
    for number in 1..=full.tenant().plan.limits.projects.unwrap_or(5) {
        projects::create::create(&full, deps, fields(&format!("Room {number}"), "")?).await?;
    }
    fill_seats(deps, &full).await
}

/// An open invitation for each seat that is left.
async fn fill_seats(deps: &Deps, org: &OrgActor) -> Result<()> {
    let choices = domain::people::choices::choices(org, deps).await?;
    let role = choices
        .roles
        .iter()
        .find(|role| role.name == DefaultRole::Member.name());
    let role = role.ok_or_else(|| anyhow::anyhow!("the demo's organization has no role for members"))?;
    let seats = choices.seats.members;
    let left = seats.allowed.unwrap_or_default().saturating_sub(seats.used);
    let addresses: Vec<String> = (1..=left)
        .map(|number| format!("invited{number}@demo.plinth.test"))
        .collect();
    let offer = Offer {
        role: role.id,
        member_type: MemberType::Member,
        grants: Vec::new(),
    };
    invite(org, deps, &offer, &addresses.join("\n")).await?;
    Ok(())
}
