//! `/o/{org}/settings/billing/keep`: choosing what stays in use of what exceeds the plan.

use contract::{Error, billing::KeepChoices, iam::Permission};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{keep_choices::keep_choices, keep_group, keep_in_use::KeepInUse};
use crate::{
    form::FormState,
    frame::{
        billing::{billing_path, plans_path},
        org::billing_page,
    },
    messages,
    org::{post_form::HiddenFields, refusal},
    page::PageTitle,
};

#[component]
pub fn KeepPage() -> impl IntoView {
    billing_page(|organization| async move {
        if !organization.permissions.contains(Permission::BillingManage) {
            return Err(Error::Forbidden);
        }
        let slug = organization.slug.to_string();
        let choices = keep_choices(slug.clone()).await?;
        let texts = messages::current();
        let keep = &texts.purchase.keep;
        let crumbs = vec![
            ui::Crumb::link(texts.billing.title, billing_path(&slug)),
            ui::Crumb::here(keep.title),
        ];
        let breadcrumb = view! { <ui::Breadcrumb label=texts.frame.breadcrumb crumbs=crumbs/> };
        let content = if keep_group::is_empty(&choices) {
            view! {
                <ui::EmptyState title=keep.nothing_title text=keep.nothing_text icon=ui::IconName::Success>
                    <ui::Button href=billing_path(&slug) variant=ui::ButtonVariant::Secondary>
                        {texts.purchase.plans.back}
                    </ui::Button>
                </ui::EmptyState>
            }
            .into_any()
        } else {
            view! { <KeepForm slug=slug choices=choices/> }.into_any()
        };
        Ok(view! {
            <PageTitle text=keep.title/>
            <ui::PageHeader title=keep.title description=keep.description breadcrumb=breadcrumb.into_any()/>
            {content}
        }
        .into_any())
    })
}

#[component]
fn KeepForm(slug: String, choices: KeepChoices) -> impl IntoView {
    let texts = messages::current();
    let keep = &texts.purchase.keep;
    let form = FormState::of::<KeepInUse>();
    let groups = keep_group::groups(choices, &form);
    view! {
        <form class="stack-large" method="post" action=KeepInUse::PATH data-pending="">
            <ui::FormErrorSummary title=texts.errors.summary_title errors=refusal::unbound(form.summary())/>
            <HiddenFields fields=vec![("org", slug.clone())]/>
            {groups}
            <div class="form-actions">
                <ui::Button>{keep.save}</ui::Button>
                <ui::Button href=plans_path(&slug) variant=ui::ButtonVariant::Secondary>{keep.larger}</ui::Button>
            </div>
        </form>
    }
}
