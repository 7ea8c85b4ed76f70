//! Moves between equals: organizations, workspaces.

use crate::{
    Avatar, AvatarShape, Icon, IconName, IconSize, MaybeText, Text,
    browser::{awake, find_input},
    menu::disclose,
    option_list,
};
use leptos::prelude::*;
use std::rc::Rc;
use web_sys::{Element, HtmlElement};

/// One place to be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SwitcherEntry {
    /// Its name.
    pub name: Text,
    /// A word about it: plan or role.
    pub detail: MaybeText,
    /// Its address.
    pub href: Text,
    /// Its logo.
    pub logo: MaybeText,
    /// Whether one is there now.
    pub current: bool,
}

fn face(entry: &SwitcherEntry) -> AnyView {
    view! {
        <Avatar name=entry.name.clone() src=entry.logo.clone() shape=AvatarShape::Square />
        <span class="switcher-words">
            <span class="switcher-name">{entry.name.clone()}</span>
            {entry.detail.0.clone().map(|detail| view! { <span class="switcher-detail">{detail}</span> })}
        </span>
    }
    .into_any()
}

/// The place one is at, and behind it the list of all. Awake, typing filters the list.
#[component]
pub fn Switcher(
    /// "Switch organization".
    #[prop(into)]
    label: Text,
    /// Where one is.
    current: SwitcherEntry,
    /// All there are, the current one too.
    entries: Vec<SwitcherEntry>,
    /// "Find an organization".
    #[prop(into)]
    filter_label: Text,
    /// What the list says when nothing fits.
    #[prop(into)]
    empty_text: Text,
    /// Further ways, such as a [`crate::MenuItem`] to create one.
    #[prop(optional)]
    footer: Option<AnyView>,
) -> impl IntoView {
    // With a handful the eye is faster than the keyboard.
    let filtered = entries.len() > 6;
    let filter = filtered.then(|| {
        view! {
            <div class="switcher-filter">
                <Icon name=IconName::Search size=IconSize::Small />
                <input class="input" type="text" autocomplete="off" spellcheck="false" aria-label=filter_label.clone() placeholder=filter_label />
            </div>
        }
    });
    let links = entries
        .iter()
        .map(|entry| {
            let find = entry.name.to_lowercase();
            view! {
                <li data-find=find.clone()>
                    <a class="switcher-entry" href=entry.href.clone() aria-current=entry.current.then_some("true")>
                        {face(entry)}
                        {entry.current.then(|| view! { <Icon name=IconName::Check /> })}
                    </a>
                </li>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <SwitcherKeys>
            <details class="switcher-details">
                <summary class="switcher-trigger">
                    <span class="visually-hidden">{label} ": "</span>
                    {face(&current)}
                    <Icon name=IconName::ChevronsUpDown size=IconSize::Small />
                </summary>
                <div class="menu-panel switcher-panel">
                    {filter}
                    <ul class="switcher-list">{links}</ul>
                    <p class="switcher-none" data-none="" hidden>
                        {empty_text}
                    </p>
                    {footer.map(|footer| view! { <div class="switcher-foot">{footer}</div> })}
                </div>
            </details>
        </SwitcherKeys>
    }
}

#[island]
fn SwitcherKeys(children: Children) -> impl IntoView {
    view! {
        <div class="menu switcher" use:switcher_keys>
            {children()}
        </div>
    }
}

fn switcher_keys(root: Element) {
    disclose(
        &root,
        ".switcher-filter input, li:not([hidden]) > .switcher-entry, .menu-item",
    );
    awake(&root);
    if let Some(input) = find_input(&root, ".switcher-filter input") {
        option_list::filter_only(&root, input, Rc::new(|row: &HtmlElement| click_inside(row)));
    }
}

fn click_inside(row: &HtmlElement) {
    if let Some(link) = crate::browser::find(row, "a") {
        link.click();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::render;

    fn entry(name: &'static str, current: bool) -> SwitcherEntry {
        SwitcherEntry {
            name: name.into(),
            href: format!("/o/{name}").into(),
            current,
            ..SwitcherEntry::default()
        }
    }

    #[test]
    fn every_place_is_a_link_and_the_filter_waits_for_many() {
        let few = render(|| {
            let entries = vec![entry("north", true), entry("south", false)];
            view! { <Switcher label="Switch" current=entry("north", true) entries=entries filter_label="Find" empty_text="None" /> }
        });
        assert!(
            few.contains(r#"href="/o/south""#) && few.contains(r#"aria-current="true""#),
            "{few}"
        );
        assert!(!few.contains("switcher-filter"), "{few}");
        let many = render(|| {
            let entries = ["a", "b", "c", "d", "e", "f", "g"]
                .map(|name| entry(name, name == "a"))
                .to_vec();
            view! { <Switcher label="Switch" current=entry("a", true) entries=entries filter_label="Find" empty_text="None" /> }
        });
        assert!(many.contains("switcher-filter"), "{many}");
    }
}
