//! A button that is only an icon. Its label is its name, and shows as a tooltip.

use crate::{ButtonKind, ButtonSize, ButtonVariant, Icon, IconName, MaybeText, Text};
use leptos::prelude::*;

/// An icon to press, or a link when it has an `href`.
#[component]
pub fn IconButton(
    /// Which icon.
    icon: IconName,
    /// What it does, in words.
    #[prop(into)]
    label: Text,
    /// How loud.
    #[prop(default = ButtonVariant::Quiet)]
    variant: ButtonVariant,
    /// How large.
    #[prop(optional)]
    size: ButtonSize,
    /// Sends a form or not.
    #[prop(optional)]
    kind: ButtonKind,
    /// Where it leads: makes it a link.
    #[prop(optional, into)]
    href: MaybeText,
    /// Its id.
    #[prop(optional, into)]
    id: MaybeText,
    /// The name its value is sent under.
    #[prop(optional, into)]
    name: MaybeText,
    /// The value sent when it sends the form.
    #[prop(optional, into)]
    value: MaybeText,
    /// The id of a dialog or drawer it opens.
    #[prop(optional, into)]
    opens: MaybeText,
    /// The id of a popover it shows and hides.
    #[prop(optional, into)]
    toggles: MaybeText,
    /// Cannot be pressed now.
    #[prop(optional)]
    disabled: bool,
) -> impl IntoView {
    let small = size == ButtonSize::Small;
    let content = view! {
        <Icon name=icon />
        <span class="tooltip-text" aria-hidden="true">
            {label.clone()}
        </span>
    };
    let class = format!("{} button-icon tooltip", variant.class());
    if let Some(href) = href.0 {
        return view! {
            <a class=class class:button-small=small href=href id=id.0 aria-label=label>
                {content}
            </a>
        }
        .into_any();
    }
    let idle = opens.is_some() || toggles.is_some();
    let submits = kind == ButtonKind::Submit && !idle;
    view! {
        <button
            class=class
            class:button-small=small
            type=if submits { "submit" } else { "button" }
            id=id.0
            name=name.0
            value=value.0
            command=opens.is_some().then_some("show-modal")
            commandfor=opens.0
            popovertarget=toggles.0
            disabled=disabled
            aria-label=label
        >
            {content}
        </button>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::render;

    #[test]
    fn the_label_is_its_name() {
        let html = render(|| view! { <IconButton icon=IconName::Trash label="Delete task" /> });
        assert!(html.contains(r#"aria-label="Delete task""#), "{html}");
        assert!(
            html.contains(r#"<span aria-hidden="true" class="tooltip-text">"#),
            "{html}"
        );
    }
}
