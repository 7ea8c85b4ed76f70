//! A surface that holds one subject.

use crate::{MaybeText, Tone, heading::heading};
use leptos::prelude::*;

/// A card with an optional head and foot.
#[component]
pub fn Card(
    /// What it holds.
    children: Children,
    /// Its subject.
    #[prop(optional, into)]
    title: MaybeText,
    /// One sentence below the title.
    #[prop(optional, into)]
    description: MaybeText,
    /// The level of its title.
    #[prop(default = 2)]
    level: u8,
    /// Buttons at the right of the title.
    #[prop(optional)]
    actions: Option<AnyView>,
    /// Buttons and notes below a line.
    #[prop(optional)]
    footer: Option<AnyView>,
    /// Lets the content reach the edges, for tables and lists.
    #[prop(optional)]
    flush: bool,
    /// `Danger` marks a card of destructive acts.
    #[prop(optional)]
    tone: Tone,
    /// Its id, to link to.
    #[prop(optional, into)]
    id: MaybeText,
) -> impl IntoView {
    let has_head = title.is_some() || actions.is_some();
    let head = has_head.then(|| {
        view! {
            <div class="card-head">
                <div class="card-heading">
                    {title.0.map(|title| heading(level, "card-title", title))}
                    {description.0.map(|text| view! { <p class="card-description">{text}</p> })}
                </div>
                {actions.map(|actions| view! { <div class="card-actions">{actions}</div> })}
            </div>
        }
    });
    view! {
        <section class="card" class:card-flush=flush class:card-danger=tone == Tone::Danger id=id.0>
            {head}
            <div class="card-body">{children()}</div>
            {footer.map(|footer| view! { <div class="card-foot">{footer}</div> })}
        </section>
    }
}
