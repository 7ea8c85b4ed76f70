//! The looks of plans, and their forms in URLs.

use contract::billing::{Feature, PlanForm};
use leptos::prelude::*;
use url::form_urlencoded::{Serializer, parse};

use crate::{messages, page};

pub const LIST: &str = "/platform/plans";

pub fn plan_path(plan: &str) -> String {
    format!("{LIST}/{plan}")
}

pub fn review_path(plan: &str) -> String {
    format!("{LIST}/{plan}/review")
}

/// As it is typed into a field, with the decimals of the currency in which is sold.
pub fn major(amount: i64) -> String {
    format!("{}.{:02}", amount / 100, amount % 100)
}

pub fn limit(allowed: Option<u32>) -> String {
    allowed.map_or_else(
        || messages::current().plans.unlimited.to_owned(),
        |allowed| allowed.to_string(),
    )
}

/// The form's fields as they are named in the page and on the wire.
pub fn fields(form: &PlanForm) -> Vec<(&'static str, String)> {
    let mut fields = vec![
        ("form[plan]", form.plan.clone()),
        ("form[version]", form.version.to_string()),
        ("form[name]", form.name.clone()),
        ("form[projects]", form.projects.clone()),
        ("form[members]", form.members.clone()),
        ("form[guests]", form.guests.clone()),
        ("form[month]", form.month.clone()),
        ("form[month_product]", form.month_product.clone()),
        ("form[year]", form.year.clone()),
        ("form[year_product]", form.year_product.clone()),
    ];
    fields.extend(
        form.features
            .iter()
            .map(|feature| ("form[features][]", feature.clone())),
    );
    fields.extend(form.public.iter().map(|yes| ("form[public]", yes.clone())));
    fields.extend(form.archived.iter().map(|yes| ("form[archived]", yes.clone())));
    fields
}

/// The form that this page's URL carries; nothing when it carries none.
pub fn asked() -> Option<PlanForm> {
    let query = page::query_string();
    let mut form = PlanForm::default();
    let mut any = false;
    for (name, value) in parse(query.as_bytes()) {
        let value = value.into_owned();
        any |= name.starts_with("form[");
        match &*name {
            "form[plan]" => form.plan = value,
            "form[version]" => form.version = value.parse().unwrap_or_default(),
            "form[name]" => form.name = value,
            "form[projects]" => form.projects = value,
            "form[members]" => form.members = value,
            "form[guests]" => form.guests = value,
            "form[month]" => form.month = value,
            "form[month_product]" => form.month_product = value,
            "form[year]" => form.year = value,
            "form[year_product]" => form.year_product = value,
            "form[features][]" if Feature::from_key(&value).is_some() => form.features.push(value),
            "form[public]" => form.public = Some(value),
            "form[archived]" => form.archived = Some(value),
            _ => {}
        }
    }
    any.then_some(form)
}

/// Back to the form with what was typed.
pub fn again_path(form: &PlanForm) -> String {
    let mut query = Serializer::new(String::new());
    query.extend_pairs(fields(form));
    format!("{}?{}", plan_path(&form.plan), query.finish())
}

/// What a field is called, by its name in errors and records.
pub fn field_words(field: &str) -> String {
    let texts = &messages::current().plans;
    (texts.field)(field).map_or_else(|| field.to_owned(), str::to_owned)
}

/// What somebody else saved, in words.
pub fn changes(changes: &[contract::billing::PlanChange]) -> AnyView {
    let texts = &messages::current().plans;
    let lines = changes
        .iter()
        .map(|change| {
            let fields: Vec<_> = change.fields.iter().map(|field| field_words(field)).collect();
            view! { <li>{(texts.changed_by)(&change.by, &change.at.text, &fields.join(", "))}</li> }
        })
        .collect_view();
    view! { <ul class="plain-list">{lines}</ul> }.into_any()
}
