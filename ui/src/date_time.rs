//! A moment, in words people read and in the exact form machines and doubters read.

use crate::Text;
use leptos::prelude::*;

/// A moment. All three forms are made by the server, in the reader's zone.
#[component]
pub fn DateTime(
    /// RFC 3339, such as `2026-11-21T09:30:00Z`.
    #[prop(into)]
    instant: Text,
    /// The exact instant in words, shown under the pointer.
    #[prop(into)]
    exact: Text,
    /// What is read, such as "3 hours ago".
    #[prop(into)]
    text: Text,
) -> impl IntoView {
    view! {
        <time class="date-time" datetime=instant title=exact>
            {text}
        </time>
    }
}
