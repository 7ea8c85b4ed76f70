//! A line above the page, or above what it is about, that tells of a state that lasts. It has no dismiss button: it goes when its reason goes.

use crate::{Icon, IconName, MaybeText, Tone};
use leptos::prelude::*;

/// A banner. At most two are shown at once; which, the page decides.
#[component]
pub fn Banner(
    /// What is the case, and until when.
    children: Children,
    /// How bad it is.
    #[prop(default = Tone::Info)]
    tone: Tone,
    /// A few words above the sentence.
    #[prop(optional, into)]
    title: MaybeText,
    /// Another icon than the tone's.
    #[prop(optional, into)]
    icon: Option<IconName>,
    /// A button or link that leads out of the state.
    #[prop(optional)]
    action: Option<AnyView>,
) -> impl IntoView {
    let icon = icon.unwrap_or(tone.icon());
    view! {
        <div class=format!("banner tone-{}", tone.name()) role="status">
            <Icon name=icon />
            <p class="banner-text">
                {title.0.map(|title| view! { <strong>{title}</strong> })} {children()}
            </p>
            {action.map(|action| view! { <div class="banner-action">{action}</div> })}
        </div>
    }
}
