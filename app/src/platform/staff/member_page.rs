//! `/platform/staff/{staff}`: one of the staff, to be given another role or ended.

use contract::staff::{StaffMember, StaffRight};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_params_map;

use super::{
    change_staff_role::ChangeStaffRole, end_staff::EndStaff, get_staff::get_staff, invitations::RoleChoice,
    list_staff_invitations::list_staff_invitations,
};
use crate::{
    form::FormState,
    frame::platform::{Section, platform_page},
    messages,
    org::{
        post_form::{HiddenFields, PostForm},
        refusal::{self, Refusals},
    },
    page::PageTitle,
    platform::fresh_factor::ProveAgain,
};

#[component]
pub fn StaffMemberPage() -> impl IntoView {
    let user = use_params_map()
        .with_untracked(|params| params.get("staff"))
        .unwrap_or_default();
    platform_page(Section::Staff, StaffRight::StaffManage, |_| async move {
        let member = get_staff(user).await?;
        let stale = (!list_staff_invitations().await?.fresh_factor).then(|| view! { <ProveAgain/> });
        Ok(view! { <Member member=member stale=stale.into_any()/> }.into_any())
    })
}

#[component]
fn Member(member: StaffMember, stale: AnyView) -> impl IntoView {
    let messages = messages::current();
    let texts = &messages.staff;
    let crumbs = vec![
        ui::Crumb::link(messages.platform.staff.title, "/platform/staff"),
        ui::Crumb::here(member.name.clone()),
    ];
    let breadcrumb = view! { <ui::Breadcrumb label=messages.frame.breadcrumb crumbs=crumbs/> };
    let badge = view! { <ui::Badge>{(messages.platform.staff.role)(member.role)}</ui::Badge> };
    let refusals = refusal::of::<EndStaff>();
    let form = FormState::of::<ChangeStaffRole>();
    let whom = vec![("user", member.id.to_string())];
    let fields = whom.clone();
    view! {
        <PageTitle text=member.name.clone()/>
        <ui::PageHeader
            title=member.name.clone()
            description=member.email
            badge=badge.into_any()
            breadcrumb=breadcrumb.into_any()
        />
        <Refusals errors=refusals/>
        {stale}
        <ui::Card title=texts.change_role>
            <form class="form" method="post" action=ChangeStaffRole::PATH data-pending="">
                <ui::FormErrorSummary title=messages.errors.summary_title errors=form.summary()/>
                <HiddenFields fields=fields/>
                <RoleChoice selected=form.value_or("role", member.role.key())/>
                <p class="muted">{texts.change_role_text}</p>
                <div class="form-actions"><ui::Button>{texts.change_role_button}</ui::Button></div>
            </form>
        </ui::Card>
        <ui::Card title=texts.end>
            <div class="stack">
                <p>{texts.end_text}</p>
                <PostForm action=EndStaff::PATH fields=whom>
                    <ui::Button variant=ui::ButtonVariant::Danger>{(texts.end_button)(&member.name)}</ui::Button>
                </PostForm>
            </div>
        </ui::Card>
    }
}
