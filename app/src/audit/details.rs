//! All that is known of one entry: what was there before, what came after, and how it came about.

use contract::audit::{AuditChange, AuditRow};
use leptos::prelude::*;

use crate::messages;

#[component]
pub fn Details(row: AuditRow) -> impl IntoView {
    let texts = &messages::current().audit;
    let changes = row
        .changes
        .into_iter()
        .map(|change| view! { <Change change=change/> })
        .collect_view();
    let fact = |label: &'static str, value: Option<String>| {
        value.map(|value| view! { <ui::KeyValue label=label><span class="mono small">{value}</span></ui::KeyValue> })
    };
    let redacted = row
        .redacted
        .map(|at| view! { <p class="muted">{(texts.redacted)(&at.text)}</p> });
    view! {
        <div class="audit-details">
            {redacted}
            <ui::KeyValueList>
                {changes}
                {fact(texts.subject_id, row.subject_id.map(|id| id.to_string()))}
                {fact(texts.device, row.user_agent)}
                {fact(texts.request, row.request_id)}
                {fact(texts.action_key, Some(row.action))}
                {fact(texts.entry, Some(row.id.to_string()))}
            </ui::KeyValueList>
        </div>
    }
}

/// One field: its value, or what it was and what it became.
#[component]
fn Change(change: AuditChange) -> impl IntoView {
    let texts = &messages::current().audit;
    let label = (texts.field)(&change.field).map_or_else(|| change.field.replace('_', " "), str::to_owned);
    let old = |value: String| view! { <del><span class="visually-hidden">{texts.was} " "</span>{value}</del> };
    let new = |value: String| view! { <ins><span class="visually-hidden">{texts.is} " "</span>{value}</ins> };
    let value = match (change.before, change.after) {
        (Some(before), Some(after)) if before == after => view! { <span>{after}</span> }.into_any(),
        (Some(before), Some(after)) => {
            view! { {old(before)} <span aria-hidden="true">" → "</span> <span class="visually-hidden">", "</span> {new(after)} }
                .into_any()
        }
        (Some(before), None) => old(before).into_any(),
        (None, Some(after)) => new(after).into_any(),
        (None, None) => ().into_any(),
    };
    view! { <ui::KeyValue label=label><span class="audit-change">{value}</span></ui::KeyValue> }
}
