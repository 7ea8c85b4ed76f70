//! The fields of a plan. Sent, they lead to the review and save nothing.

use contract::billing::{Feature, PlanForm};
use leptos::prelude::*;

use super::view::{LIST, field_words, review_path};
use crate::{messages, org::post_form::HiddenFields};

/// `errors` are by field.
#[component]
pub fn EditForm(form: PlanForm, errors: Vec<ui::FieldError>) -> impl IntoView {
    let messages = messages::current();
    let texts = &messages.plans.edit;
    let hidden = vec![
        ("form[plan]", form.plan.clone()),
        ("form[version]", form.version.to_string()),
    ];
    let review = review_path(&form.plan);
    view! {
        <form class="form form-wide" method="get" action=review>
            <ui::FormErrorSummary title=messages.errors.summary_title errors=errors.clone()/>
            <HiddenFields fields=hidden/>
            <ui::TextInput
                name="form[name]"
                id="name"
                label=texts.name
                value=form.name.clone()
                error=wrong(&errors, "name")
                autocomplete="off"
                max_length=40
                required=true
            />
            <Limits form=form.clone() errors=errors.clone()/>
            <Features form=form.clone()/>
            <Sale form=form.clone()/>
            <Prices form=form errors=errors/>
            <div class="form-actions">
                <ui::Button>{texts.review}</ui::Button>
                <ui::Button href=LIST variant=ui::ButtonVariant::Quiet>{texts.cancel}</ui::Button>
            </div>
        </form>
    }
}

fn wrong(errors: &[ui::FieldError], field: &str) -> Option<String> {
    let error = errors.iter().find(|error| error.field.as_ref() == field);
    error.map(|error| error.message.to_string())
}

#[component]
fn Limits(form: PlanForm, errors: Vec<ui::FieldError>) -> impl IntoView {
    let messages = messages::current();
    let texts = &messages.plans.edit;
    let limits = [
        ("projects", "form[projects]", form.projects),
        ("members", "form[members]", form.members),
        ("guests", "form[guests]", form.guests),
    ];
    let limits = limits
        .into_iter()
        .map(|(field, name, value)| {
            view! {
                <ui::TextInput
                    name=name
                    id=field
                    label=field_words(field)
                    placeholder=messages.plans.unlimited
                    value=value
                    error=wrong(&errors, field)
                    autocomplete="off"
                    max_length=7
                />
            }
        })
        .collect_view();
    view! {
        <ui::Card title=texts.limits description=texts.limits_text><div class="grid-3">{limits}</div></ui::Card>
    }
}

#[component]
fn Features(form: PlanForm) -> impl IntoView {
    let messages = messages::current();
    let features = Feature::ALL
        .iter()
        .map(|feature| {
            let ticked = form.features.iter().any(|key| key == feature.key());
            view! {
                <ui::Checkbox name="form[features][]" id=feature.key() value=feature.key() checked=ticked>
                    {(messages.pricing.feature)(*feature)}
                </ui::Checkbox>
            }
        })
        .collect_view();
    view! { <ui::Card title=messages.plans.edit.features><div class="stack">{features}</div></ui::Card> }
}

#[component]
fn Sale(form: PlanForm) -> impl IntoView {
    let texts = &messages::current().plans.edit;
    view! {
        <ui::Card title=texts.sale>
            <div class="stack">
                <ui::Checkbox name="form[public]" id="public" hint=texts.public_hint checked=form.public.is_some()>
                    {field_words("public")}
                </ui::Checkbox>
                <ui::Checkbox name="form[archived]" id="archived" hint=texts.archived_hint checked=form.archived.is_some()>
                    {field_words("archived")}
                </ui::Checkbox>
            </div>
        </ui::Card>
    }
}

#[component]
fn Prices(form: PlanForm, errors: Vec<ui::FieldError>) -> impl IntoView {
    let texts = &messages::current().plans.edit;
    let fields = [
        ("month_usd", "form[month]", form.month, texts.price_hint, 12),
        (
            "month_usd_product",
            "form[month_product]",
            form.month_product,
            texts.product_hint,
            100,
        ),
        ("year_usd", "form[year]", form.year, texts.price_hint, 12),
        (
            "year_usd_product",
            "form[year_product]",
            form.year_product,
            texts.product_hint,
            100,
        ),
    ];
    let fields = fields
        .into_iter()
        .map(|(field, name, value, hint, longest)| {
            view! {
                <ui::TextInput
                    name=name
                    id=field
                    label=field_words(field)
                    hint=hint
                    value=value
                    error=wrong(&errors, field)
                    autocomplete="off"
                    max_length=longest
                />
            }
        })
        .collect_view();
    view! {
        <ui::Card title=texts.prices description=texts.prices_text><div class="grid-2">{fields}</div></ui::Card>
    }
}
