//! The button: what a page does. One primary button a page.

use crate::{Icon, IconName, MaybeText};
use leptos::prelude::*;

/// How loud a button is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonVariant {
    /// The one thing to do here.
    #[default]
    Primary,
    /// Another thing to do here.
    Secondary,
    /// A thing that may be overlooked.
    Quiet,
    /// A thing that destroys.
    Danger,
}

impl ButtonVariant {
    pub(crate) const fn class(self) -> &'static str {
        match self {
            Self::Primary => "button button-primary",
            Self::Secondary => "button button-secondary",
            Self::Quiet => "button button-quiet",
            Self::Danger => "button button-danger",
        }
    }
}

/// How large a button is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonSize {
    /// 32 px, in tables and toolbars.
    Small,
    /// 40 px.
    #[default]
    Medium,
    /// 48 px, on landing pages.
    Large,
}

/// What a button does when pressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// Sends its form.
    #[default]
    Submit,
    /// Nothing by itself: opens a dialog or popover.
    Button,
}

/// A button, or a link that looks like one when it has an `href`.
#[component]
pub fn Button(
    /// What it says.
    children: Children,
    /// How loud.
    #[prop(optional)]
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
    /// An icon before the text.
    #[prop(optional, into)]
    icon: Option<IconName>,
    /// An icon after the text.
    #[prop(optional, into)]
    icon_end: Option<IconName>,
    /// As wide as its container.
    #[prop(optional)]
    wide: bool,
    /// At work: shows a spinner and takes no second press.
    #[prop(optional)]
    pending: bool,
    /// Cannot be pressed now.
    #[prop(optional)]
    disabled: bool,
    /// Its id.
    #[prop(optional, into)]
    id: MaybeText,
    /// The name its value is sent under.
    #[prop(optional, into)]
    name: MaybeText,
    /// The value sent when this button sends the form.
    #[prop(optional, into)]
    value: MaybeText,
    /// The id of the form it sends, when it stands outside.
    #[prop(optional, into)]
    form: MaybeText,
    /// Another address to send the form to.
    #[prop(optional, into)]
    form_action: MaybeText,
    /// The id of a dialog or drawer it opens.
    #[prop(optional, into)]
    opens: MaybeText,
    /// The id of a dialog or drawer it closes.
    #[prop(optional, into)]
    closes: MaybeText,
    /// Sends the form without the browser's own checks, for "back" and "cancel" inside a form.
    #[prop(optional)]
    skip_checks: bool,
) -> impl IntoView {
    let small = size == ButtonSize::Small;
    let large = size == ButtonSize::Large;
    let content = view! {
        {icon.map(|name| view! { <Icon name=name /> })}
        <span class="button-text">{children()}</span>
        {icon_end.map(|name| view! { <Icon name=name /> })}
    };
    if let Some(href) = href.0 {
        return view! {
            <a class=variant.class() class:button-small=small class:button-large=large class:button-wide=wide href=href id=id.0>
                {content}
            </a>
        }
        .into_any();
    }
    let (command, target, kind) = match (opens.0, closes.0) {
        (Some(target), _) => (Some("show-modal"), Some(target), ButtonKind::Button),
        (None, Some(target)) => (Some("close"), Some(target), ButtonKind::Button),
        (None, None) => (None, None, kind),
    };
    view! {
        <button
            class=variant.class()
            class:button-small=small
            class:button-large=large
            class:button-wide=wide
            type=if kind == ButtonKind::Submit { "submit" } else { "button" }
            id=id.0
            name=name.0
            value=value.0
            form=form.0
            formaction=form_action.0
            formnovalidate=skip_checks
            command=command
            commandfor=target
            disabled=disabled
            aria-busy=pending.then_some("true")
            aria-disabled=pending.then_some("true")
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
    fn with_an_address_it_is_a_link() {
        let html = render(|| view! { <Button href="/sign-up">"Start free"</Button> });
        assert!(html.starts_with("<a ") && html.contains(r#"href="/sign-up""#), "{html}");
        assert!(!html.contains("<button"), "{html}");
    }

    #[test]
    fn it_sends_its_form_unless_told_otherwise() {
        let html = render(|| view! { <Button variant=ButtonVariant::Danger>"Delete"</Button> });
        assert!(
            html.contains(r#"type="submit""#) && html.contains("button-danger"),
            "{html}"
        );
        let html = render(|| view! { <Button kind=ButtonKind::Button>"Open"</Button> });
        assert!(html.contains(r#"type="button""#), "{html}");
    }

    #[test]
    fn at_work_it_says_so() {
        let html = render(|| view! { <Button pending=true>"Saving"</Button> });
        assert!(
            html.contains(r#"aria-busy="true""#) && html.contains(r#"aria-disabled="true""#),
            "{html}"
        );
    }

    #[test]
    fn an_opener_never_sends_the_form_around_it() {
        let html = render(|| view! { <Button opens="rename">"Rename"</Button> });
        assert!(
            html.contains(r#"command="show-modal""#) && html.contains(r#"commandfor="rename""#),
            "{html}"
        );
        assert!(html.contains(r#"type="button""#), "{html}");
    }
}
