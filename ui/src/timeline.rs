//! What happened, newest first.

use crate::{Icon, IconName, IconSize, Text, Tone};
use leptos::prelude::*;

/// A list of events. Its children are [`TimelineItem`]s.
#[component]
pub fn Timeline(
    /// What it tells, for screen readers.
    #[prop(into)]
    label: Text,
    /// The events.
    children: Children,
) -> impl IntoView {
    view! { <ol class="timeline" aria-label=label>{children()}</ol> }
}

/// One event.
#[component]
pub fn TimelineItem(
    /// What happened, in one line.
    #[prop(into)]
    title: Text,
    /// When, usually a [`crate::DateTime`].
    time: AnyView,
    /// A drawing.
    #[prop(default = IconName::Activity)]
    icon: IconName,
    /// Its colour.
    #[prop(optional)]
    tone: Tone,
    /// Details.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <li class=format!("timeline-item tone-{}", tone.name())>
            <span class="timeline-mark">
                <Icon name=icon size=IconSize::Small />
            </span>
            <div class="timeline-body">
                <p class="timeline-head">
                    <span class="timeline-title">{title}</span>
                    <span class="timeline-time">{time}</span>
                </p>
                {children.map(|children| view! { <div class="timeline-details">{children()}</div> })}
            </div>
        </li>
    }
}
