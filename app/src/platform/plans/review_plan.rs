//! What saving a plan would come to.

use contract::{
    billing::{PlanForm, PlanReview},
    error::Result,
};
use leptos::prelude::server;

#[server(input = server_fn::codec::GetUrl)]
pub async fn review_plan(form: PlanForm) -> Result<PlanReview> {
    use domain::billing::editor::{list::catalogue, review::review};

    let actor = crate::session::staff().await?;
    actor.require(contract::staff::StaffRight::PlansManage)?;
    let deps = crate::session::deps()?;
    let now = super::input::named(catalogue(&actor, &deps).await?, &form.plan)?;
    let edit = super::input::edit(&form, now)?;
    let formatter = crate::format::Formatter::from(actor.user().person());
    let found = review(&actor, &deps, &edit).await?;
    Ok(super::rows::review(found, formatter))
}
