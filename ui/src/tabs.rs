//! Views of one subject, each with its own address.

use crate::{MaybeText, Text};
use leptos::prelude::*;

/// One view.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tab {
    /// Its name.
    pub label: Text,
    /// Its address.
    pub href: Text,
    /// Whether it is the one shown.
    pub current: bool,
    /// How many things are there.
    pub count: MaybeText,
}

impl Tab {
    /// A tab without a count.
    pub fn new(label: impl Into<Text>, href: impl Into<Text>, current: bool) -> Self {
        Self {
            label: label.into(),
            href: href.into(),
            current,
            count: MaybeText(None),
        }
    }

    /// The same tab with a count.
    #[must_use]
    pub fn count(mut self, count: impl Into<MaybeText>) -> Self {
        self.count = count.into();
        self
    }
}

/// Links that look like tabs. They are navigation, and say so.
#[component]
pub fn Tabs(
    /// What they are views of.
    #[prop(into)]
    label: Text,
    /// The views.
    tabs: Vec<Tab>,
) -> impl IntoView {
    let links = tabs
        .into_iter()
        .map(|tab| {
            view! {
                <a class="tab" href=tab.href aria-current=tab.current.then_some("page")>
                    {tab.label}
                    {tab.count.0.map(|count| view! { <span class="tab-count">{count}</span> })}
                </a>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <nav class="tabs" aria-label=label>
            {links}
        </nav>
    }
}
