//! What stands in the way of something, and the way on.

use crate::{Icon, IconName, Text};
use leptos::prelude::*;

/// A prompt: less than an error, since nothing is wrong, and more than a hint.
#[component]
pub fn Prompt(
    /// What does not go on.
    #[prop(into)]
    title: Text,
    /// Why.
    #[prop(into)]
    text: Text,
    /// A drawing.
    #[prop(default = IconName::Layers)]
    icon: IconName,
    /// It answers what was just tried: it takes the focus, and is read out.
    #[prop(optional)]
    answer: bool,
    /// Buttons and links that lead on.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="prompt" role=answer.then_some("alert") tabindex=answer.then_some("-1") autofocus=answer>
            <span class="prompt-icon">
                <Icon name=icon />
            </span>
            <div class="prompt-words">
                <p class="prompt-title">{title}</p>
                <p class="prompt-text">{text}</p>
            </div>
            {children.map(|children| view! { <div class="prompt-actions">{children()}</div> })}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::render;

    #[test]
    fn an_answer_is_read_out_and_a_notice_is_not() {
        let html = render(|| view! { <Prompt title="No room" text="5 of 5 are in use" answer=true /> });
        assert!(
            html.contains(r#"role="alert""#) && html.contains(r#"tabindex="-1""#),
            "{html}"
        );
        let html = render(|| view! { <Prompt title="No room" text="5 of 5 are in use" /> });
        assert!(!html.contains("role=") && !html.contains("tabindex"), "{html}");
    }
}
