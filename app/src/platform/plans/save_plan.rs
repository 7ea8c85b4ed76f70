//! Saving a plan, as it was read and reviewed.

use contract::{billing::PlanForm, error::Result};
use leptos::prelude::server;

/// `Conflict` when somebody else saved it meanwhile: the review says what they changed.
#[server]
pub async fn save_plan(form: PlanForm) -> Result<()> {
    use domain::billing::editor::{
        list::catalogue,
        save::{Saved, save},
    };

    let actor = crate::session::staff().await?;
    actor.require(contract::staff::StaffRight::PlansManage)?;
    let deps = crate::session::deps()?;
    let now = super::input::named(catalogue(&actor, &deps).await?, &form.plan)?;
    let edit = super::input::edit(&form, now)?;
    match save(&actor, &deps, &[edit]).await? {
        Saved::Done(_) => {}
        Saved::Changed(_) => return Err(contract::Error::Conflict),
    }
    crate::form::notice("plan_saved");
    crate::response::redirect_to("/platform/plans");
    Ok(())
}
