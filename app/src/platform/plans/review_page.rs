//! `/platform/plans/{plan}/review`: what saving would come to. What was typed is in the URL, so that it can be looked at by another.

use contract::{
    Error,
    billing::{BillingInterval, PlanForm, PlanReview, PlanSettings},
    error::Limit,
    staff::StaffRight,
};
use domain::billing::catalogue::plans::CURRENCY;
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_params_map;

use super::{
    edit_form::EditForm,
    input,
    plan_page::plan,
    review_plan::review_plan,
    save_plan::SavePlan,
    view::{LIST, again_path, asked, changes, field_words, fields, limit, plan_path},
};
use crate::{
    form::FormState,
    format::Formatter,
    frame::platform::{Section, platform_page},
    messages,
    org::{post_form::HiddenFields, refusal},
    page::PageTitle,
    platform::confirm::require_fresh_factor,
    response::set_status,
};

#[component]
pub fn PlanReviewPage() -> impl IntoView {
    let key = use_params_map()
        .with_untracked(|params| params.get("plan"))
        .unwrap_or_default();
    platform_page(Section::Plans, StaffRight::PlansManage, move |_| async move {
        require_fresh_factor().await?;
        let form = match asked().filter(|form| form.plan == key) {
            Some(form) => form,
            None => input::form(&plan(&key).await?),
        };
        let found = review_plan(form.clone()).await;
        let (title, body) = match found {
            Ok(review) => {
                let title = (messages::current().plans.review.title)(&review.now.name);
                (title, view! { <Review form=form review=review/> }.into_any())
            }
            Err(error @ Error::Invalid(_)) => {
                set_status(error.status());
                let errors = FormState::refused(error).summary();
                (
                    form.name.clone(),
                    view! { <EditForm form=form errors=errors/> }.into_any(),
                )
            }
            Err(other) => return Err(other),
        };
        let crumbs = vec![
            ui::Crumb::link(messages::current().plans.title, LIST),
            ui::Crumb::here(title.clone()),
        ];
        let breadcrumb =
            view! { <ui::Breadcrumb label=messages::current().frame.breadcrumb crumbs=crumbs/> }.into_any();
        Ok(view! {
            <PageTitle text=title.clone()/>
            <ui::PageHeader title=title description=messages::current().plans.review.description breadcrumb=breadcrumb/>
            {body}
        }
        .into_any())
    })
}

#[component]
fn Review(form: PlanForm, review: PlanReview) -> impl IntoView {
    let messages = messages::current();
    let texts = &messages.plans.review;
    let refused = refusal::of::<SavePlan>();
    let again = again_path(&form);
    if !review.meanwhile.is_empty() {
        return view! {
            <div class="stack">
                <ui::Banner tone=ui::Tone::Warning title=texts.meanwhile_title>{texts.meanwhile_text}</ui::Banner>
                <ui::Card>{changes(&review.meanwhile)}</ui::Card>
                <div class="form-actions"><ui::Button href=plan_path(&form.plan)>{texts.start_again}</ui::Button></div>
            </div>
        }
        .into_any();
    }
    if review.fields.is_empty() {
        return view! {
            <ui::EmptyState title=texts.nothing_title text=texts.nothing_text icon=ui::IconName::Info>
                <ui::Button href=again variant=ui::ButtonVariant::Secondary>{texts.back}</ui::Button>
            </ui::EmptyState>
        }
        .into_any();
    }
    let replaced = (!review.replaced.is_empty()).then(|| {
        view! { <ui::Banner title=texts.replaced_title>{texts.replaced_text}</ui::Banner> }
    });
    let over = (!review.over.is_empty()).then(|| {
        let lines = review
            .over
            .iter()
            .map(|over| {
                let limit = limit_words(over.limit).to_lowercase();
                let line = match over.organizations {
                    0 => (texts.nobody_over)(&limit),
                    organizations => (texts.over)(organizations, &limit),
                };
                view! { <li>{line}</li> }
            })
            .collect_view();
        view! {
            <ui::Card title=texts.over_title description=texts.over_text><ul class="plain-list">{lines}</ul></ui::Card>
        }
    });
    view! {
        <div class="stack">
            {replaced}
            <Differences form=form.clone() review=review/>
            {over}
            <form class="form" method="post" action=SavePlan::PATH data-pending="">
                <ui::FormErrorSummary title=messages.errors.summary_title errors=refused/>
                <HiddenFields fields=fields(&form)/>
                <div class="form-actions">
                    <ui::Button>{texts.save}</ui::Button>
                    <ui::Button href=again variant=ui::ButtonVariant::Quiet>{texts.back}</ui::Button>
                </div>
            </form>
        </div>
    }
    .into_any()
}

fn limit_words(limit: Limit) -> String {
    let field = match limit {
        Limit::Members => "members",
        Limit::Guests => "guests",
        Limit::Projects | Limit::Roles | Limit::Workspaces => "projects",
    };
    field_words(field)
}

/// Each field that changes, as it is and as it will be.
#[component]
fn Differences(form: PlanForm, review: PlanReview) -> impl IntoView {
    let texts = &messages::current().plans.review;
    let columns = vec![
        ui::Column::new(texts.field),
        ui::Column::new(texts.now),
        ui::Column::new(texts.then),
    ];
    let lines: Vec<_> = review
        .fields
        .iter()
        .map(|field| (field_words(field), now(&review.now, field), then(&form, field)))
        .collect();
    let rows = lines
        .into_iter()
        .map(|(field, now, then)| {
            view! {
                <ui::TableRow>
                    <ui::TableCell main=true>{field}</ui::TableCell>
                    <ui::TableCell label=texts.now>{now}</ui::TableCell>
                    <ui::TableCell label=texts.then>{then}</ui::TableCell>
                </ui::TableRow>
            }
        })
        .collect_view();
    view! {
        <ui::Card flush=true><ui::Table caption=texts.description columns=columns>{rows}</ui::Table></ui::Card>
    }
}

fn now(plan: &PlanSettings, field: &str) -> String {
    let texts = &messages::current().plans.review;
    let yes = |yes: bool| if yes { texts.yes } else { texts.no }.to_owned();
    let price = |interval| {
        plan.prices
            .iter()
            .find(|price| price.interval == interval && price.currency == CURRENCY)
    };
    let amount = |interval| price(interval).map(|price| Formatter::for_strangers().money(price.amount, CURRENCY).text);
    let product = |interval| price(interval).and_then(|price| price.product.clone());
    let shown = match field {
        "name" => Some(plan.name.clone()),
        "projects" => Some(limit(plan.limits.projects)),
        "members" => Some(limit(plan.limits.members)),
        "guests" => Some(limit(plan.limits.guests)),
        "features" => features(plan.features.iter().map(|feature| feature.key())),
        "public" => Some(yes(plan.public)),
        "archived" => Some(yes(plan.archived)),
        "month_usd" => amount(BillingInterval::Month),
        "month_usd_product" => product(BillingInterval::Month),
        "year_usd" => amount(BillingInterval::Year),
        "year_usd_product" => product(BillingInterval::Year),
        _ => None,
    };
    shown.unwrap_or_else(|| texts.none.to_owned())
}

/// The fields were read before the review was made: what is typed is what will be.
fn then(form: &PlanForm, field: &str) -> String {
    let messages = messages::current();
    let texts = &messages.plans.review;
    let typed = |text: &str, otherwise: &str| {
        let text = text.trim();
        if text.is_empty() {
            otherwise.to_owned()
        } else {
            text.to_owned()
        }
    };
    let yes = |ticked: &Option<String>| if ticked.is_some() { texts.yes } else { texts.no }.to_owned();
    let dollars = |text: &str| match input::amount(text) {
        Ok(Some(amount)) => Formatter::for_strangers().money(amount, CURRENCY).text,
        _ => texts.none.to_owned(),
    };
    match field {
        "name" => typed(&form.name, texts.none),
        "projects" => typed(&form.projects, messages.plans.unlimited),
        "members" => typed(&form.members, messages.plans.unlimited),
        "guests" => typed(&form.guests, messages.plans.unlimited),
        "features" => features(form.features.iter().map(String::as_str)).unwrap_or_else(|| texts.none.to_owned()),
        "public" => yes(&form.public),
        "archived" => yes(&form.archived),
        "month_usd" => dollars(&form.month),
        "month_usd_product" => typed(&form.month_product, texts.none),
        "year_usd" => dollars(&form.year),
        "year_usd_product" => typed(&form.year_product, texts.none),
        _ => texts.none.to_owned(),
    }
}

fn features<'a>(keys: impl Iterator<Item = &'a str>) -> Option<String> {
    let words = &messages::current().pricing.feature;
    let named: Vec<_> = keys
        .filter_map(contract::billing::Feature::from_key)
        .map(words)
        .collect();
    (!named.is_empty()).then(|| named.join(", "))
}
