//! `/o/{org}/settings/billing/keep`: choosing what stays in use of what exceeds the plan.

use contract::{
    Error,
    billing::{KeepChoices, KeepList},
    error::Limit,
    iam::Permission,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{keep_choices::keep_choices, keep_in_use::KeepInUse};
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
        let content = if choices.projects.is_none() && choices.members.is_none() && choices.guests.is_none() {
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
    let projects = choices
        .projects
        .map(|list| group(Limit::Projects, "projects[]", list, &form));
    let members = choices
        .members
        .map(|list| group(Limit::Members, "people[]", list, &form));
    let guests = choices.guests.map(|list| group(Limit::Guests, "people[]", list, &form));
    view! {
        <form class="stack-large" method="post" action=KeepInUse::PATH data-pending="">
            <ui::FormErrorSummary title=texts.errors.summary_title errors=refusal::unbound(form.summary())/>
            <HiddenFields fields=vec![("org", slug.clone())]/>
            {projects}
            {members}
            {guests}
            <div class="form-actions">
                <ui::Button>{keep.save}</ui::Button>
                <ui::Button href=plans_path(&slug) variant=ui::ButtonVariant::Secondary>{keep.larger}</ui::Button>
            </div>
        </form>
    }
}

/// One kind. At first those are ticked that are in use, the oldest of them where that is too many.
fn group<Id: std::fmt::Display>(limit: Limit, field: &'static str, list: KeepList<Id>, form: &FormState) -> AnyView {
    let texts = &messages::current().purchase.keep;
    let in_use = u32::try_from(list.choices.iter().filter(|choice| choice.in_use).count()).unwrap_or(u32::MAX);
    let fixed = list.choices.iter().filter(|choice| choice.fixed).count();
    let mut room = usize::try_from(list.allowed)
        .unwrap_or(usize::MAX)
        .saturating_sub(fixed);
    let boxes = list
        .choices
        .into_iter()
        .map(|choice| {
            let id = choice.id.to_string();
            let stays = !choice.fixed && choice.in_use && room > 0;
            room -= usize::from(stays);
            let ticked = if form.failed() {
                form.values(field).any(|value| value == id)
            } else {
                stays
            };
            let name = choice.name.unwrap_or_else(|| texts.unseen.to_owned());
            let note = match (choice.fixed, choice.in_use) {
                (true, _) => Some(texts.always),
                (false, false) => Some(texts.paused),
                (false, true) => None,
            };
            let badge = note.map(|note| view! { <ui::Badge>{note}</ui::Badge> });
            view! {
                <li>
                    <ui::Checkbox
                        name=field
                        value=id.clone()
                        id=id
                        checked=ticked || choice.fixed
                        disabled=choice.fixed
                    >
                        {name} " " {badge}
                    </ui::Checkbox>
                </li>
            }
        })
        .collect_view();
    let counts = (texts.counts)(in_use, list.allowed);
    view! {
        <ui::Card>
            <fieldset class="keep-group">
                <legend>{(texts.kind)(limit)}</legend>
                <p class="small muted">{counts}</p>
                <ul class="keep-list">{boxes}</ul>
            </fieldset>
        </ui::Card>
    }
    .into_any()
}
