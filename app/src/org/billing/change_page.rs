//! `/o/{org}/settings/billing/change`: what a change of plan, interval or seats comes to, before it is confirmed.

use contract::{
    Error,
    billing::{ChangePreview, ChangeTiming, Pausing},
    error::Result,
    iam::Permission,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{change_plan::ChangePlan, change_seats::ChangeSeats, keep_group, preview_change::preview_change};
use crate::{
    form::FormState,
    frame::{
        billing::{billing_path, plans_path},
        org::billing_page,
    },
    messages,
    org::{
        post_form::HiddenFields,
        refusal::{self, Refusals},
    },
    page::{self, PageTitle},
    response::{redirect_to, set_status},
};

#[component]
pub fn ChangePage() -> impl IntoView {
    billing_page(|organization| async move {
        if !organization.permissions.contains(Permission::BillingManage) {
            return Err(Error::Forbidden);
        }
        let slug = organization.slug.to_string();
        let asked = [page::query("plan"), page::query("interval"), page::query("seats")];
        let [Some(plan), Some(interval), Some(seats)] = asked else {
            redirect_to(&plans_path(&slug));
            return Ok(().into_any());
        };
        let preview = preview_change(slug.clone(), plan.clone(), interval.clone(), seats.clone()).await;
        if preview == Err(Error::Conflict) {
            // There is nothing to change, or not at this moment: the plans say why, and what can be chosen.
            let query = url::form_urlencoded::Serializer::new(String::new())
                .append_pair("plan", &plan)
                .append_pair("interval", &interval)
                .append_pair("seats", &seats)
                .finish();
            redirect_to(&format!("{}?{query}", plans_path(&slug)));
            return Ok(().into_any());
        }
        let content = content(&slug, preview, seats.trim())?;
        let texts = messages::current();
        let change = &texts.purchase.change;
        let crumbs = vec![
            ui::Crumb::link(texts.billing.title, billing_path(&slug)),
            ui::Crumb::link(texts.purchase.plans.title, plans_path(&slug)),
            ui::Crumb::here(change.title),
        ];
        let breadcrumb = view! { <ui::Breadcrumb label=texts.frame.breadcrumb crumbs=crumbs/> };
        let refusals = [refusal::of::<ChangePlan>(), refusal::of::<ChangeSeats>()].concat();
        Ok(view! {
            <PageTitle text=change.title/>
            <ui::PageHeader title=change.title description=change.description breadcrumb=breadcrumb.into_any()/>
            <Refusals errors=refusal::unbound(refusals)/>
            {content}
        }
        .into_any())
    })
}

/// The preview, or why there is none, with the way on.
fn content(slug: &str, preview: Result<ChangePreview>, seats: &str) -> Result<AnyView> {
    let errors = &messages::current().errors;
    let texts = &messages::current().purchase.change;
    let not_possible = |error: &Error, text: String| {
        set_status(error.status());
        view! { <NotPossible slug=slug.to_owned() text=text/> }.into_any()
    };
    match preview {
        Ok(preview) => Ok(view! { <Preview slug=slug.to_owned() preview=preview/> }.into_any()),
        Err(Error::Invalid(fields)) => {
            let text = match fields.first() {
                Some(field) if field.field == "seats" => texts.no_seats.to_owned(),
                Some(field) => errors.field(field.code),
                None => String::new(),
            };
            Ok(not_possible(&Error::Invalid(fields), text))
        }
        Err(error @ Error::LimitReached { used, allowed, .. }) => {
            // Too few for who is there, or more than the plan has: what was asked for tells which.
            let text = if seats.parse() == Ok(allowed) {
                (texts.too_few_seats)(used)
            } else {
                (texts.too_many_seats)(allowed)
            };
            Ok(not_possible(&error, text))
        }
        Err(error @ (Error::PaymentDeclined | Error::PaymentProviderUnavailable)) => {
            let text = errors.whole(&error);
            Ok(not_possible(&error, text))
        }
        Err(other) => Err(other),
    }
}

#[component]
fn NotPossible(slug: String, text: String) -> impl IntoView {
    let texts = &messages::current().purchase;
    view! {
        <ui::EmptyState title=texts.change.refused_title text=text icon=ui::IconName::Info>
            <ui::Button href=plans_path(&slug)>{texts.change.other}</ui::Button>
            <ui::Button href=billing_path(&slug) variant=ui::ButtonVariant::Secondary>{texts.plans.back}</ui::Button>
        </ui::EmptyState>
    }
}

#[component]
fn Preview(slug: String, preview: ChangePreview) -> impl IntoView {
    let texts = &messages::current().purchase.change;
    if preview.from == preview.to {
        let back = messages::current().purchase.plans.back;
        return view! {
            <ui::EmptyState title=texts.same_title text=texts.same_text icon=ui::IconName::Success>
                <ui::Button href=plans_path(&slug)>{texts.other}</ui::Button>
                <ui::Button href=billing_path(&slug) variant=ui::ButtonVariant::Secondary>{back}</ui::Button>
            </ui::EmptyState>
        }
        .into_any();
    }
    let now = preview.timing == ChangeTiming::Now;
    let at_most = |text: &str| {
        if preview.discounted {
            (texts.at_most)(text)
        } else {
            text.to_owned()
        }
    };
    let today = if preview.today.amount == 0 {
        texts.today_nothing.to_owned()
    } else {
        at_most(&preview.today.text)
    };
    let renews = preview
        .renews
        .clone()
        .map(|at| view! { <ui::KeyValue label=texts.next_renewal>{at.text}</ui::KeyValue> });
    let replaces = preview
        .replaces_pending
        .then(|| view! { <ui::Banner>{texts.replaces}</ui::Banner> });
    let pauses = (!preview.pauses.is_empty()).then(|| view! { <Pauses pauses=preview.pauses.clone()/> });
    let renewal = (texts.each)(&at_most(&preview.renewal.text), preview.to.interval);
    let discounted = preview
        .discounted
        .then(|| view! { <p class="muted change-note">{texts.discounted}</p> });
    let without_room = (preview.without_room > 0)
        .then(|| view! { <ui::Banner>{(texts.without_room)(preview.without_room)}</ui::Banner> });
    let holds = (texts.holds_from)(preview.timing, &preview.effective.text);
    let (from, to) = ((texts.purchase)(&preview.from), (texts.purchase)(&preview.to));
    let explained = if now { texts.now_text } else { texts.later_text };
    view! {
        {replaces}
        <ui::Card>
            <div class="change-sides">
                <div>
                    <p class="stat-label">{texts.from}</p>
                    <p class="change-side">{from}</p>
                </div>
                <ui::Icon name=ui::IconName::ArrowRight/>
                <div>
                    <p class="stat-label">{texts.to}</p>
                    <p class="change-side"><strong>{to}</strong></p>
                </div>
            </div>
            <ui::KeyValueList>
                <ui::KeyValue label=texts.today><strong class="figures">{today}</strong></ui::KeyValue>
                <ui::KeyValue label=texts.holds>{holds}</ui::KeyValue>
                <ui::KeyValue label=texts.renewal><span class="figures">{renewal}</span></ui::KeyValue>
                {renews}
            </ui::KeyValueList>
            <p class="muted change-note">{explained}</p>
            {discounted}
        </ui::Card>
        {pauses}
        {without_room}
        <Confirm slug=slug preview=preview/>
    }
    .into_any()
}

/// Who and what there would be no room for, by name.
#[component]
fn Pauses(pauses: Vec<Pausing>) -> impl IntoView {
    let texts = &messages::current().purchase.change;
    let groups = pauses
        .into_iter()
        .map(|pausing| {
            let named = u32::try_from(pausing.names.len()).unwrap_or(u32::MAX);
            let names = pausing
                .names
                .into_iter()
                .map(|name| view! { <li>{name}</li> })
                .collect_view();
            let more = (pausing.paused > named)
                .then(|| view! { <li class="muted">{(texts.more)(pausing.paused - named)}</li> });
            view! {
                <div>
                    <h3>{(texts.pauses)(pausing.limit, pausing.used, pausing.allowed)}</h3>
                    <ul class="change-names">{names} {more}</ul>
                </div>
            }
        })
        .collect_view();
    view! {
        <ui::Card title=texts.pauses_title description=texts.pauses_text>
            <div class="stack">{groups}</div>
        </ui::Card>
    }
}

/// Sent with what was looked at: when that has become another since, nothing happens.
#[component]
fn Confirm(slug: String, preview: ChangePreview) -> impl IntoView {
    let texts = &messages::current().purchase.change;
    let ChangePreview {
        from,
        to,
        timing,
        today,
        version,
        keep,
        discounted,
        ..
    } = preview;
    let button = match timing {
        ChangeTiming::Now if today.amount > 0 && discounted => texts.confirm_discounted.to_owned(),
        ChangeTiming::Now if today.amount > 0 => (texts.confirm_now)(&today.text),
        ChangeTiming::Now => texts.confirm_free.to_owned(),
        ChangeTiming::AtRenewal => texts.confirm_later.to_owned(),
    };
    let only_seats = from.plan == to.plan && from.interval == to.interval;
    let action = if only_seats {
        ChangeSeats::PATH
    } else {
        ChangePlan::PATH
    };
    let what = (!only_seats).then(|| {
        view! { <HiddenFields fields=vec![("plan", to.plan.key), ("interval", to.interval.key().to_owned())]/> }
    });
    // What exceeds the plan of today already is chosen on a page of its own.
    let chooser = (!only_seats && !keep_group::is_empty(&keep)).then(|| {
        let groups = keep_group::groups(keep, &FormState::of::<ChangePlan>());
        view! {
            <div>
                <h2>{texts.keep}</h2>
                <p class="muted">{texts.keep_text}</p>
            </div>
            {groups}
        }
    });
    let fields = vec![
        ("org", slug.clone()),
        ("seats", to.seats.to_string()),
        ("version", version.to_string()),
    ];
    view! {
        <form class="stack-large" method="post" action=action data-pending="">
            <HiddenFields fields=fields/>
            {what}
            {chooser}
            <div class="form-actions">
                <ui::Button>{button}</ui::Button>
                <ui::Button href=plans_path(&slug) variant=ui::ButtonVariant::Quiet>{texts.other}</ui::Button>
            </div>
        </form>
    }
}
