//! Facts about one thing: name and value, line by line.

use crate::Text;
use leptos::prelude::*;

/// A list of facts. Its children are [`KeyValue`]s.
#[component]
pub fn KeyValueList(
    /// The facts.
    children: Children,
) -> impl IntoView {
    view! { <dl class="key-values">{children()}</dl> }
}

/// One fact.
#[component]
pub fn KeyValue(
    /// Its name.
    #[prop(into)]
    label: Text,
    /// Its value.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="key-value">
            <dt>{label}</dt>
            <dd>{children()}</dd>
        </div>
    }
}
