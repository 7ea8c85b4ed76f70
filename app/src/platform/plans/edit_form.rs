//! The fields of a plan. Sent, they lead to the review and save nothing.

use contract::billing::{Feature, PlanForm};
use leptos::prelude::*;

use super::view::{LIST, review_path};
use crate::{messages, org::post_form::HiddenFields};

/// `errors` are by field.
#[component]
pub fn EditForm(form: PlanForm, errors: Vec<ui::FieldError>) -> impl IntoView {
    let messages = messages::current();
    let texts = &messages.plans.edit;
    let wrong = |field: &str| {
        let error = errors.iter().find(|error| error.field.as_ref() == field);
        error.map(|error| error.message.to_string())
    };
    let hidden = vec![
        ("form[plan]", form.plan.clone()),
        ("form[version]", form.version.to_string()),
    ];
    let label = |field: &str| super::view::field_words(field);
    let limit = |field: &'static str, name: &'static str, value: String| {
        view! {
            <ui::TextInput
                name=name
                id=field
                label=label(field)
                placeholder=messages.plans.unlimited
                value=value
                error=wrong(field)
                autocomplete="off"
                max_length=7
            />
        }
    };
    let price = |field: &'static str, name: &'static str, value: String| {
        view! {
            <ui::TextInput
                name=name
                id=field
                label=label(field)
                hint=texts.price_hint
                value=value
                error=wrong(field)
                autocomplete="off"
                max_length=12
            />
        }
    };
    let product = |field: &'static str, name: &'static str, value: String| {
        view! {
            <ui::TextInput
                name=name
                id=field
                label=label(field)
                hint=texts.product_hint
                value=value
                error=wrong(field)
                autocomplete="off"
                max_length=100
            />
        }
    };
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
    let limits = [
        limit("projects", "form[projects]", form.projects.clone()),
        limit("members", "form[members]", form.members.clone()),
        limit("guests", "form[guests]", form.guests.clone()),
    ];
    let prices = [
        price("month_usd", "form[month]", form.month.clone()).into_any(),
        product("month_usd_product", "form[month_product]", form.month_product.clone()).into_any(),
        price("year_usd", "form[year]", form.year.clone()).into_any(),
        product("year_usd_product", "form[year_product]", form.year_product.clone()).into_any(),
    ];
    let (named_so, is_public, is_archived) = (wrong("name"), label("public"), label("archived"));
    let limits = limits.into_iter().collect_view();
    let prices = prices.into_iter().collect_view();
    view! {
        <form class="form form-wide" method="get" action=review_path(&form.plan)>
            <ui::FormErrorSummary title=messages.errors.summary_title errors=errors.clone()/>
            <HiddenFields fields=hidden/>
            <ui::TextInput
                name="form[name]"
                id="name"
                label=texts.name
                value=form.name.clone()
                error=named_so
                autocomplete="off"
                max_length=40
                required=true
            />
            <ui::Card title=texts.limits description=texts.limits_text>
                <div class="grid-3">
                    {limits}
                </div>
            </ui::Card>
            <ui::Card title=texts.features><div class="stack">{features}</div></ui::Card>
            <ui::Card title=texts.sale>
                <div class="stack">
                    <ui::Checkbox name="form[public]" id="public" hint=texts.public_hint checked=form.public.is_some()>
                        {is_public}
                    </ui::Checkbox>
                    <ui::Checkbox name="form[archived]" id="archived" hint=texts.archived_hint checked=form.archived.is_some()>
                        {is_archived}
                    </ui::Checkbox>
                </div>
            </ui::Card>
            <ui::Card title=texts.prices description=texts.prices_text>
                <div class="grid-2">
                    {prices}
                </div>
            </ui::Card>
            <div class="form-actions">
                <ui::Button>{texts.review}</ui::Button>
                <ui::Button href=LIST variant=ui::ButtonVariant::Quiet>{texts.cancel}</ui::Button>
            </div>
        </form>
    }
}
