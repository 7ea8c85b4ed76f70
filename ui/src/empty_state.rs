//! What a list says when it holds nothing, and the way on.

use crate::{Icon, IconName, IconSize, MaybeText, Text, heading::heading};
use leptos::prelude::*;

/// An empty state. Its children are the way on: one button, seldom two.
#[component]
pub fn EmptyState(
    /// What is missing.
    #[prop(into)]
    title: Text,
    /// Why, and what to do.
    #[prop(optional, into)]
    text: MaybeText,
    /// A drawing.
    #[prop(default = IconName::Inbox)]
    icon: IconName,
    /// The level of its title.
    #[prop(default = 2)]
    level: u8,
    /// The way on.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty-state">
            <span class="empty-icon">
                <Icon name=icon size=IconSize::Large />
            </span>
            {heading(level, "empty-title", title)}
            {text.0.map(|text| view! { <p class="empty-text">{text}</p> })}
            {children.map(|children| view! { <div class="empty-actions">{children()}</div> })}
        </div>
    }
}
