//! `/platform/plans/{plan}`: changing a plan.

use contract::{billing::PlanSettings, error::Result, staff::StaffRight};
use domain::billing::editor::list::catalogue;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{
    edit_form::EditForm,
    input,
    view::{LIST, asked},
};
use crate::{
    frame::platform::{Section, platform_page},
    messages,
    page::PageTitle,
    platform::confirm::require_fresh_factor,
    session,
};

/// As it stands now.
pub async fn plan(key: &str) -> Result<PlanSettings> {
    let actor = session::staff().await?;
    input::named(catalogue(&actor, &session::deps()?).await?, key)
}

#[component]
pub fn PlanPage() -> impl IntoView {
    let key = use_params_map()
        .with_untracked(|params| params.get("plan"))
        .unwrap_or_default();
    platform_page(Section::Plans, StaffRight::PlansManage, move |_| async move {
        require_fresh_factor().await?;
        let now = plan(&key).await?;
        // Whoever comes back from the review finds what was typed.
        let form = asked()
            .filter(|form| form.plan == key)
            .unwrap_or_else(|| input::form(&now));
        let crumbs = vec![
            ui::Crumb::link(messages::current().plans.title, LIST),
            ui::Crumb::here(now.name.clone()),
        ];
        let breadcrumb =
            view! { <ui::Breadcrumb label=messages::current().frame.breadcrumb crumbs=crumbs/> }.into_any();
        Ok(view! {
            <PageTitle text=now.name.clone()/>
            <ui::PageHeader title=now.name breadcrumb=breadcrumb/>
            <EditForm form=form errors=Vec::new()/>
        }
        .into_any())
    })
}
