//! A state in one or two words.

use crate::{Icon, IconName, IconSize, Tone};
use leptos::prelude::*;

/// A badge. The word carries the meaning, the colour only helps.
#[component]
pub fn Badge(
    /// The word.
    children: Children,
    /// What it means.
    #[prop(optional)]
    tone: Tone,
    /// An icon before the word.
    #[prop(optional, into)]
    icon: Option<IconName>,
    /// A dot before the word, for states that change by themselves.
    #[prop(optional)]
    dot: bool,
) -> impl IntoView {
    view! {
        <span class=format!("badge tone-{}", tone.name())>
            {dot.then(|| view! { <span class="dot" aria-hidden="true"></span> })}
            {icon.map(|name| view! { <Icon name=name size=IconSize::Small /> })}
            {children()}
        </span>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::render;

    #[test]
    fn the_tone_is_a_class_and_the_word_is_text() {
        let html = render(|| view! { <Badge tone=Tone::Warning>"Past due"</Badge> });
        assert!(
            html.contains("badge tone-warning") && html.contains("Past due"),
            "{html}"
        );
    }
}
