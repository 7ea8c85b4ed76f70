//! What is dangerous asks for a second factor of the last minutes: said before a form is filled in.

use leptos::prelude::*;

use crate::{messages, page};

/// The way to prove it once more, and back here.
#[component]
pub fn ProveAgain(
    /// What asks for it, where that is not every change.
    #[prop(optional)]
    text: Option<&'static str>,
) -> impl IntoView {
    let texts = &messages::current().staff;
    let action = view! {
        <ui::Button
            href=page::second_factor_path(&page::requested())
            size=ui::ButtonSize::Small
            variant=ui::ButtonVariant::Secondary
        >
            {texts.prove_action}
        </ui::Button>
    };
    let text = text.unwrap_or(texts.prove_again);
    view! { <ui::Banner tone=ui::Tone::Info action=action.into_any()>{text}</ui::Banner> }
}
