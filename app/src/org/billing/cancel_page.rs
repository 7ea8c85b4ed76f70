//! `/o/{org}/settings/billing/cancel`: what happens when, and why.

use contract::{
    Error,
    billing::{BillingOverview, BillingState, CancelReason},
    iam::Permission,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{billing_overview::billing_overview, cancel_subscription::CancelSubscription};
use crate::{
    form::FormState,
    frame::{billing::billing_path, org::billing_page},
    messages,
    org::post_form::HiddenFields,
    page::PageTitle,
};

#[component]
pub fn CancelPage() -> impl IntoView {
    billing_page(|organization| async move {
        if !organization.permissions.contains(Permission::BillingManage) {
            return Err(Error::Forbidden);
        }
        let slug = organization.slug.to_string();
        let overview = billing_overview(slug.clone()).await?;
        let texts = messages::current();
        let cancel = &texts.purchase.cancel;
        let crumbs = vec![
            ui::Crumb::link(texts.billing.title, billing_path(&slug)),
            ui::Crumb::here(cancel.title),
        ];
        let breadcrumb = view! { <ui::Breadcrumb label=texts.frame.breadcrumb crumbs=crumbs/> };
        let content = if overview.may.cancel {
            view! { <Consequences overview=overview/> <CancelForm slug=slug/> }.into_any()
        } else {
            view! {
                <ui::EmptyState title=cancel.nothing_title text=cancel.nothing_text icon=ui::IconName::Info>
                    <ui::Button href=billing_path(&slug) variant=ui::ButtonVariant::Secondary>
                        {texts.purchase.plans.back}
                    </ui::Button>
                </ui::EmptyState>
            }
            .into_any()
        };
        Ok(view! {
            <PageTitle text=cancel.title/>
            <ui::PageHeader title=cancel.title description=cancel.description breadcrumb=breadcrumb.into_any()/>
            {content}
        }
        .into_any())
    })
}

#[component]
fn Consequences(overview: BillingOverview) -> impl IntoView {
    let texts = &messages::current().purchase.cancel;
    let state = overview.standing.state;
    let end = overview.subscription.and_then(|subscription| subscription.period_ends);
    let until = match (state, end) {
        (BillingState::Paused, _) => texts.at_once.to_owned(),
        (BillingState::PastDue | BillingState::Restricted, Some(end)) => (texts.until_unpaid)(&end.text),
        (_, Some(end)) => (texts.until)(&end.text),
        (_, None) => texts.until_unknown.to_owned(),
    };
    let undo = if state == BillingState::Paused {
        texts.for_good
    } else {
        texts.undo
    };
    view! {
        <ui::Card>
            <ul class="cancel-facts">
                <li><ui::Icon name=ui::IconName::Calendar/> <span>{until}</span></li>
                <li><ui::Icon name=ui::IconName::Eye/> <span>{texts.stays}</span></li>
                <li><ui::Icon name=ui::IconName::Restore/> <span>{undo}</span></li>
            </ul>
        </ui::Card>
    }
}

#[component]
fn CancelForm(slug: String) -> impl IntoView {
    let texts = &messages::current().purchase.cancel;
    let form = FormState::of::<CancelSubscription>();
    let reasons = CancelReason::ALL
        .iter()
        .map(|reason| ui::RadioOption::new(reason.key(), (texts.reasons)(*reason)))
        .collect::<Vec<_>>();
    view! {
        <form class="form form-wide" method="post" action=CancelSubscription::PATH data-pending="">
            <ui::FormErrorSummary
                title=messages::current().errors.summary_title
                errors=reason_first(form.summary())
            />
            <HiddenFields fields=vec![("org", slug.clone())]/>
            <ui::RadioGroup
                name="reason"
                legend=texts.reason
                options=reasons
                selected=form.value("reason")
                error=form.field_error("reason")
                required=true
            />
            <ui::Textarea
                name="comment"
                label=texts.comment
                hint=texts.comment_hint
                value=form.value("comment")
                error=form.field_error("comment")
                max_length=1000
            />
            <div class="form-actions">
                <ui::Button variant=ui::ButtonVariant::Danger>{texts.button}</ui::Button>
                <ui::Button href=billing_path(&slug) variant=ui::ButtonVariant::Secondary>{texts.stay}</ui::Button>
            </div>
        </form>
    }
}

/// A group of choices has no id of its own: its error leads to the first of them.
fn reason_first(errors: Vec<ui::FieldError>) -> Vec<ui::FieldError> {
    let first = CancelReason::ALL
        .first()
        .map(|reason| format!("reason-{}", reason.key()));
    errors
        .into_iter()
        .map(|error| match (&first, &*error.field) {
            (Some(first), "reason") => ui::FieldError::new(first.clone(), error.message),
            _ => error,
        })
        .collect()
}
