//! `/platform/security`: what looks like an attack, and a response to each.

use contract::staff::StaffRight;
use leptos::prelude::*;

use super::{
    found::{Bursts, Copies, FarApart, Lockouts, Storms},
    lift_lockout::LiftLockout,
    see_security::see_security,
};
use crate::{
    frame::platform::{Section, platform_page},
    messages,
    org::refusal::{self, Refusals},
    page::{self, PageTitle},
    platform::users::end_user_sessions::EndUserSessions,
};

#[component]
pub fn SecurityCentrePage() -> impl IntoView {
    platform_page(Section::Security, StaffRight::SecurityRead, |role| async move {
        let texts = &messages::current().security;
        let asked = page::query("asked").unwrap_or_default();
        let report = see_security(asked.clone()).await?;
        let lifts = role.has(StaffRight::SecurityManage);
        let signs_out = role.has(StaffRight::UsersManage);
        let refusals = [refusal::of::<LiftLockout>(), refusal::of::<EndUserSessions>()].concat();
        Ok(view! {
            <PageTitle text=texts.title/>
            <ui::PageHeader title=texts.title description=texts.description/>
            <Refusals errors=refusals/>
            <Storms storms=report.storms/>
            <Lockouts lockouts=report.lockouts manages=lifts asked=asked/>
            <Bursts bursts=report.bursts/>
            <FarApart found=report.far_apart manages=signs_out/>
            <Copies copies=report.copies manages=signs_out/>
        }
        .into_any())
    })
}
