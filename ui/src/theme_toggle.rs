//! Light, dark, or as the system says. A form that works without JavaScript; awake, the page changes at once.

use crate::{
    Icon, IconName, Text,
    browser::{attribute, document, find_all, listen, set},
    fetch::ask,
};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlDocument, UrlSearchParams};

/// The colours a person wants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As their system says.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Theme {
    /// The value sent, kept in the cookie and written to `<html data-theme>`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme of this name; the system's for any other.
    pub fn from_name(name: &str) -> Self {
        match name {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::System,
        }
    }
}

/// Three buttons in one form. It posts `theme=system|light|dark`.
#[component]
pub fn ThemeToggle(
    /// Where the form posts to.
    #[prop(into)]
    action: Text,
    /// What is wanted now.
    current: Theme,
    /// The cookie that keeps a choice, by the value sent. Awake, the browser writes it itself, so that a page that is opened
    /// before the server has answered looks as chosen.
    cookie: fn(&'static str) -> String,
    /// "Theme".
    #[prop(into)]
    label: Text,
    /// "As the system".
    #[prop(into)]
    system_label: Text,
    /// "Light".
    #[prop(into)]
    light_label: Text,
    /// "Dark".
    #[prop(into)]
    dark_label: Text,
    /// Without the island, for pages that load no wasm.
    #[prop(optional)]
    plain: bool,
) -> impl IntoView {
    let choices = [
        (Theme::System, IconName::Monitor, system_label),
        (Theme::Light, IconName::Sun, light_label),
        (Theme::Dark, IconName::Moon, dark_label),
    ];
    let buttons = choices
        .into_iter()
        .map(|(theme, icon, label)| {
            let pressed = if theme == current { "true" } else { "false" };
            view! {
                <button class="theme-choice tooltip" type="submit" name="theme" value=theme.name() data-cookie=cookie(theme.name()) aria-pressed=pressed aria-label=label>
                    <Icon name=icon />
                    <span class="tooltip-text" aria-hidden="true">
                        {label.clone()}
                    </span>
                </button>
            }
        })
        .collect::<Vec<_>>();
    let form = view! {
        <form method="post" action=action>
            <div class="theme-toggle" role="group" aria-label=label>
                {buttons}
            </div>
        </form>
    }
    .into_any();
    if plain {
        form
    } else {
        view! { <FlipTheme>{form}</FlipTheme> }.into_any()
    }
}

#[island]
fn FlipTheme(children: Children) -> impl IntoView {
    view! {
        <div class="theme-flip" use:flip_theme>
            {children()}
        </div>
    }
}

fn flip_theme(root: Element) {
    let buttons = find_all(&root, "button");
    for button in buttons.clone() {
        let (root, buttons) = (root.clone(), buttons.clone());
        listen(
            &button.clone(),
            "click",
            Box::new(move |event| {
                event.prevent_default();
                let theme = attribute(&button, "value");
                if let Some(page) = document().and_then(|page| page.dyn_into::<HtmlDocument>().ok()) {
                    _ = page.set_cookie(&attribute(&button, "data-cookie"));
                    if let Some(root) = page.document_element() {
                        set(&root, "data-theme", &theme);
                    }
                }
                for other in &buttons {
                    set(other, "aria-pressed", if *other == button { "true" } else { "false" });
                }
                let action = crate::browser::find(&root, "form")
                    .map(|form| attribute(&form, "action"))
                    .unwrap_or_default();
                let Ok(body) = UrlSearchParams::new() else { return };
                body.append("theme", &theme);
                spawn_local(async move {
                    _ = ask(&action, Some(body.into())).await;
                });
            }),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::render;

    fn toggle(plain: bool) -> String {
        render(move || {
            view! { <ThemeToggle action="/theme" current=Theme::Dark cookie=|theme| format!("look={theme}; Path=/") label="Theme" system_label="System" light_label="Light" dark_label="Dark" plain=plain /> }
        })
    }

    #[test]
    fn it_is_a_form_and_says_what_is_chosen() {
        let html = toggle(false);
        assert!(
            html.contains(r#"method="post""#) && html.contains(r#"action="/theme""#),
            "{html}"
        );
        assert_eq!(html.matches(r#"aria-pressed="true""#).count(), 1, "{html}");
        assert!(
            html.contains(r#"value="dark" data-cookie="look=dark; Path=/" aria-pressed="true""#),
            "{html}"
        );
    }

    #[test]
    fn a_plain_one_needs_no_wasm() {
        assert!(!toggle(true).contains("leptos-island"));
    }
}
