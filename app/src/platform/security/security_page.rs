//! `/platform/security`: what looks like an attack, and a response to each.

use contract::staff::StaffRight;
use leptos::prelude::*;

use super::{
    blocked::Blocked,
    found::{Bursts, Copies, FarApart, Lockouts, Storms},
    lift_block::LiftBlock,
    lift_lockout::LiftLockout,
    lift_storm::LiftStorm,
    reused::Reused,
    see_security::see_security,
};
use crate::{
    frame::platform::{Section, platform_page},
    messages,
    org::refusal::{self, Refusals},
    page::{self, PageTitle},
    platform::{fresh_factor::ProveAgain, users::end_user_sessions::EndUserSessions},
};

#[component]
pub fn SecurityCentrePage() -> impl IntoView {
    platform_page(Section::Security, StaffRight::SecurityRead, |role| async move {
        let texts = &messages::current().security;
        let asked = page::query("asked").unwrap_or_default();
        let policy = page::query("policy").unwrap_or_default();
        let report = see_security(asked.clone(), policy.clone()).await?;
        let lifts = role.has(StaffRight::SecurityManage);
        let signs_out = role.has(StaffRight::UsersManage);
        let refusals = [
            refusal::of::<LiftLockout>(),
            refusal::of::<LiftStorm>(),
            refusal::of::<LiftBlock>(),
            refusal::of::<EndUserSessions>(),
        ]
        .concat();
        let is_dangerous = !(report.storms.is_empty() && report.blocked.is_empty());
        let stale = (lifts && is_dangerous && !report.fresh_factor).then(|| view! { <ProveAgain/> });
        Ok(view! {
            <PageTitle text=texts.title/>
            <ui::PageHeader title=texts.title description=texts.description/>
            <Refusals errors=refusals/>
            {stale}
            <Storms storms=report.storms manages=lifts/>
            <Lockouts lockouts=report.lockouts manages=lifts asked=asked policy=policy/>
            <Bursts bursts=report.bursts manages=lifts/>
            <Blocked blocked=report.blocked manages=lifts/>
            <Reused reused=report.reused manages=signs_out/>
            <FarApart found=report.far_apart manages=signs_out/>
            <Copies copies=report.copies manages=signs_out/>
        }
        .into_any())
    })
}
