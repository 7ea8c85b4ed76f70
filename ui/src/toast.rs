//! A word about what just happened. The server puts it on the next page; awake, it goes away by itself.

use crate::{
    Icon, IconName, MaybeText, Text, Tone,
    browser::{Timer, awake, find_all, key, listen},
};
use leptos::prelude::*;
use std::{cell::RefCell, rc::Rc};
use web_sys::{Element, HtmlElement};

/// Where toasts stand. One a page, at its end, also when there is none: it is the live region.
#[component]
pub fn ToastRegion(
    /// "Notifications".
    #[prop(into)]
    label: Text,
    /// [`Toast`]s.
    children: Children,
) -> impl IntoView {
    view! {
        <ToastClock>
            <div class="toasts" role="region" aria-label=label aria-live="polite">
                {children()}
            </div>
        </ToastClock>
    }
}

/// One word.
#[component]
pub fn Toast(
    /// What happened.
    children: Children,
    /// Whether it is good.
    #[prop(default = Tone::Success)]
    tone: Tone,
    /// More about it.
    #[prop(optional, into)]
    detail: MaybeText,
    /// "Dismiss".
    #[prop(into)]
    dismiss_label: Text,
    /// A way back: a form with an undo button, or a link.
    #[prop(optional)]
    action: Option<AnyView>,
) -> impl IntoView {
    view! {
        <div class=format!("toast tone-{}", tone.name()) role="status">
            <Icon name=tone.icon() />
            <div class="toast-words">
                <p class="toast-title">{children()}</p>
                {detail.0.map(|detail| view! { <p class="toast-detail">{detail}</p> })}
            </div>
            {action.map(|action| view! { <div class="toast-action">{action}</div> })}
            <button class="button button-quiet button-icon button-small toast-dismiss" type="button" aria-label=dismiss_label>
                <Icon name=IconName::Close />
            </button>
        </div>
    }
}

#[island]
fn ToastClock(children: Children) -> impl IntoView {
    view! {
        <div class="toast-clock" use:toast_clock>
            {children()}
        </div>
    }
}

/// Long enough to read two lines slowly.
const STAYS: i32 = 6_000;

fn toast_clock(root: Element) {
    awake(&root);
    for toast in find_all(&root, ".toast") {
        run_out(&toast);
    }
}

/// Lets one toast go after a while, but not while someone points at it or is in it. Errors stay until dismissed.
fn run_out(toast: &HtmlElement) {
    let timer = {
        let toast = toast.clone();
        Rc::new(RefCell::new(Timer::new(Box::new(move || toast.remove()))))
    };
    if let Some(button) = crate::browser::find(toast, ".toast-dismiss") {
        let toast = toast.clone();
        listen(&button, "click", Box::new(move |_| toast.remove()));
    }
    {
        let gone = toast.clone();
        listen(
            toast,
            "keydown",
            Box::new(move |event| {
                if key(&event) == "Escape" {
                    gone.remove();
                }
            }),
        );
    }
    if toast.class_list().contains("tone-danger") {
        return;
    }
    timer.borrow_mut().set(STAYS);
    for (event, runs) in [
        ("pointerenter", false),
        ("focusin", false),
        ("pointerleave", true),
        ("focusout", true),
    ] {
        let timer = timer.clone();
        listen(
            toast,
            event,
            Box::new(move |_| {
                let mut timer = timer.borrow_mut();
                if runs { timer.set(STAYS) } else { timer.stop() }
            }),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::render;

    #[test]
    fn the_region_is_live_also_when_empty() {
        let html = render(|| view! { <ToastRegion label="Notifications">{None::<AnyView>}</ToastRegion> });
        assert!(
            html.contains(r#"aria-live="polite""#) && html.contains(r#"aria-label="Notifications""#),
            "{html}"
        );
    }

    #[test]
    fn a_toast_says_what_happened_and_can_be_dismissed() {
        let html = render(|| view! { <Toast dismiss_label="Dismiss" tone=Tone::Danger>"Could not save"</Toast> });
        assert!(
            html.contains(r#"role="status""#) && html.contains("Could not save"),
            "{html}"
        );
        assert!(
            html.contains(r#"aria-label="Dismiss""#) && html.contains("tone-danger"),
            "{html}"
        );
    }
}
