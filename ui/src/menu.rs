//! A short list of things to do or places to go, behind one button.
//!
//! It is a `<details>` and works without JavaScript. Awake, it also closes on Escape and on a click elsewhere, and the
//! arrow keys move through it.

use crate::{
    Icon, IconName, MaybeText, Text, Tone,
    browser::{document, find, find_all, is_inside, key, listen},
};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDetailsElement};

/// At which edge of its button a menu stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MenuAlign {
    /// At the start.
    #[default]
    Start,
    /// At the end, for menus at the right of the page.
    End,
}

/// A menu. Its children are [`MenuItem`]s, [`MenuLabel`]s and [`MenuSeparator`]s, or forms around items.
#[component]
pub fn Menu(
    /// The name of its button.
    #[prop(into)]
    label: Text,
    /// What the button shows; three dots when absent.
    #[prop(optional)]
    trigger: Option<AnyView>,
    /// Where it stands.
    #[prop(optional)]
    align: MenuAlign,
    /// Opens upwards, for buttons at the bottom of the window.
    #[prop(optional)]
    upward: bool,
    /// The items.
    children: Children,
) -> impl IntoView {
    let own = trigger.is_some();
    let trigger = trigger.unwrap_or_else(|| view! { <Icon name=IconName::More /> }.into_any());
    view! {
        <MenuKeys>
            <details class="menu-details">
                <summary class="menu-trigger" class:menu-trigger-own=own class:button=!own class:button-quiet=!own class:button-icon=!own class:button-small=!own>
                    // As text: a label by attribute would have to repeat whatever the trigger shows.
                    <span class="visually-hidden">{label}</span>
                    {trigger}
                </summary>
                <div class="menu-panel" class:menu-end=align == MenuAlign::End class:menu-up=upward>
                    {children()}
                </div>
            </details>
        </MenuKeys>
    }
}

/// A thing to do or a place to go. With `href` it is a link; without, it sends the form around it, with `sends_to` to a
/// place of its own; with `action` it brings a form along.
#[component]
pub fn MenuItem(
    /// What it says.
    children: Children,
    /// Where it leads.
    #[prop(optional, into)]
    href: MaybeText,
    /// Where its own form posts to.
    #[prop(optional, into)]
    action: MaybeText,
    /// Where it sends the form around it, instead of to that form's own address.
    #[prop(optional, into)]
    sends_to: MaybeText,
    /// The id of a dialog it opens.
    #[prop(optional, into)]
    opens: MaybeText,
    /// An icon before the text.
    #[prop(optional, into)]
    icon: Option<IconName>,
    /// `Danger` for what destroys.
    #[prop(optional)]
    tone: Tone,
    /// The one chosen now.
    #[prop(optional)]
    current: bool,
    /// The name its value is sent under.
    #[prop(optional, into)]
    name: MaybeText,
    /// The value sent when it sends a form.
    #[prop(optional, into)]
    value: MaybeText,
) -> impl IntoView {
    let danger = tone == Tone::Danger;
    let content = view! {
        {icon.map(|name| view! { <Icon name=name /> })}
        <span class="menu-text">{children()}</span>
        {current.then(|| view! { <Icon name=IconName::Check /> })}
    };
    if let Some(href) = href.0 {
        return view! {
            <a class="menu-item" class:menu-danger=danger href=href aria-current=current.then_some("true")>
                {content}
            </a>
        }
        .into_any();
    }
    let dialog = opens.is_some();
    let button = view! {
        <button
            class="menu-item"
            class:menu-danger=danger
            type=if dialog { "button" } else { "submit" }
            name=name.0
            value=value.0
            formaction=sends_to.0
            command=dialog.then_some("show-modal")
            commandfor=opens.0
        >
            {content}
        </button>
    };
    match action.0 {
        Some(action) => view! {
            <form method="post" action=action data-pending="">
                {button}
            </form>
        }
        .into_any(),
        None => button.into_any(),
    }
}

/// A line between groups.
#[component]
pub fn MenuSeparator() -> impl IntoView {
    view! { <hr class="menu-separator" /> }
}

/// A heading in a menu, such as the address one is signed in with.
#[component]
pub fn MenuLabel(
    /// What it says.
    children: Children,
) -> impl IntoView {
    view! { <p class="menu-label">{children()}</p> }
}

#[island]
fn MenuKeys(children: Children) -> impl IntoView {
    view! {
        <div class="menu" use:menu_keys>
            {children()}
        </div>
    }
}

fn menu_keys(root: Element) {
    disclose(&root, ".menu-item");
}

/// Gives a `<details>` the manners of a menu: one way in, several ways out, arrows through its items.
pub(crate) fn disclose(root: &Element, items: &'static str) {
    let Some(details) = find(root, "details").and_then(|details| details.dyn_into::<HtmlDetailsElement>().ok()) else {
        return;
    };
    let Some(page) = document() else { return };
    {
        let (root, details) = (root.clone(), details.clone());
        listen(
            &page,
            "pointerdown",
            Box::new(move |event| {
                if details.open() && !is_inside(&event, &root) {
                    details.set_open(false);
                }
            }),
        );
    }
    let root = root.clone();
    listen(
        &root.clone(),
        "keydown",
        Box::new(move |event| {
            let pressed = key(&event);
            if pressed == "Escape" && details.open() {
                details.set_open(false);
                if let Some(summary) = find(&root, "summary") {
                    _ = summary.focus();
                }
                return;
            }
            let forward = match pressed.as_str() {
                "ArrowDown" => true,
                "ArrowUp" => false,
                _ => return,
            };
            event.prevent_default();
            if !details.open() {
                details.set_open(true);
            }
            let all = find_all(&root, items);
            let here = page
                .active_element()
                .and_then(|focused| all.iter().position(|item| **item == focused));
            let next = match (here, forward) {
                (Some(at), true) => (at + 1) % all.len(),
                (Some(at), false) => (at + all.len() - 1) % all.len(),
                (None, true) => 0,
                (None, false) => all.len().saturating_sub(1),
            };
            if let Some(item) = all.get(next) {
                _ = item.focus();
            }
        }),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::render;

    #[test]
    fn it_opens_without_javascript_and_its_button_has_a_name() {
        let html = render(|| {
            view! {
                <Menu label="Project actions">
                    <MenuItem href="/rename">"Rename"</MenuItem>
                    <MenuSeparator />
                    <MenuItem action="/delete" tone=Tone::Danger>"Delete"</MenuItem>
                </Menu>
            }
        });
        assert!(html.contains("<details") && html.contains("<summary"), "{html}");
        assert!(
            html.contains(r#"<span class="visually-hidden">Project actions"#),
            "{html}"
        );
        assert!(html.contains(r#"<form method="post" action="/delete""#), "{html}");
    }

    #[test]
    fn an_item_without_address_sends_the_form_around_it() {
        let html = render(|| view! { <MenuItem>"Sign out"</MenuItem> });
        assert!(html.contains(r#"type="submit""#) && !html.contains("<form"), "{html}");
    }
}
