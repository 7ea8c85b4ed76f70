//! Every place of the surface behind one key: Ctrl-K or Cmd-K.
//!
//! Places known beforehand are in the page; others the server is asked for while someone types ([`PaletteSearch`]).
//! Without JavaScript its trigger is a link to a page that lists or searches the same places.

use crate::{
    Icon, IconName, IconSize, Text,
    browser::{awake, document, find, find_input, listen},
    option_list,
    palette_search::{self, Found, PaletteSearch, Words},
};
use leptos::prelude::*;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement, HtmlElement, KeyboardEvent};

/// A place one can go to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaletteItem {
    /// Its name.
    pub label: Text,
    /// The group it stands in; items of one group must follow each other.
    pub group: Text,
    /// Its address.
    pub href: Text,
    /// Other words it is found by.
    pub keywords: Text,
    /// A drawing.
    pub icon: IconName,
}

impl PaletteItem {
    /// A place with its group, name, address and drawing.
    pub fn new(group: impl Into<Text>, label: impl Into<Text>, href: impl Into<Text>, icon: IconName) -> Self {
        Self {
            label: label.into(),
            group: group.into(),
            href: href.into(),
            keywords: "".into(),
            icon,
        }
    }

    /// The same place, found by other words too.
    #[must_use]
    pub fn keywords(mut self, keywords: impl Into<Text>) -> Self {
        self.keywords = keywords.into();
        self
    }
}

fn option(index: usize, item: PaletteItem) -> AnyView {
    let find = format!("{} {} {}", item.label, item.group, item.keywords).to_lowercase();
    view! {
        <a class="palette-option" role="option" aria-selected="false" tabindex="-1" id=format!("palette-{index}") href=item.href data-find=find>
            <Icon name=item.icon />
            {item.label}
        </a>
    }
    .into_any()
}

fn groups(items: Vec<PaletteItem>) -> Vec<AnyView> {
    let mut groups: Vec<(Text, Vec<AnyView>)> = Vec::new();
    for (index, item) in items.into_iter().enumerate() {
        let name = item.group.clone();
        let option = option(index, item);
        match groups.last_mut() {
            Some((last, options)) if *last == name => options.push(option),
            _ => groups.push((name, vec![option])),
        }
    }
    groups
        .into_iter()
        .map(|(name, options)| {
            view! {
                <div class="palette-group" role="group" aria-label=name>
                    <p class="palette-heading" aria-hidden="true">
                        {name.clone()}
                    </p>
                    {options}
                </div>
            }
            .into_any()
        })
        .collect()
}

/// The palette and the button that opens it. One a page.
#[component]
pub fn CommandPalette(
    /// The name of the dialog: "Go to".
    #[prop(into)]
    label: Text,
    /// What the button says: "Search".
    #[prop(into)]
    trigger_label: Text,
    /// What the field says: "Where to?".
    #[prop(into)]
    placeholder: Text,
    /// What the list says when nothing fits.
    #[prop(into)]
    empty_text: Text,
    /// The page that does the same without JavaScript.
    #[prop(into)]
    search_href: Text,
    /// The places.
    items: Vec<PaletteItem>,
    /// Where to ask for more of them.
    #[prop(optional_no_strip)]
    search: Option<PaletteSearch>,
) -> impl IntoView {
    let list_label = label.clone();
    let words = search.clone().map(|search| view! { <Words search=search /> });
    let found = search.map(|search| view! { <Found search=search /> });
    view! {
        <PaletteKeys>
            <a class="palette-trigger" href=search_href>
                <Icon name=IconName::Search />
                <span class="palette-trigger-text">{trigger_label}</span>
                <kbd class="palette-key" aria-hidden="true">"Ctrl K"</kbd>
            </a>
            <dialog class="dialog palette" closedby="any" aria-label=label>
                <div class="palette-field">
                    <Icon name=IconName::Search />
                    <input
                        type="text"
                        role="combobox"
                        aria-expanded="true"
                        aria-controls="palette-list"
                        aria-autocomplete="list"
                        autocomplete="off"
                        spellcheck="false"
                        aria-label=placeholder.clone()
                        placeholder=placeholder
                    />
                    <kbd aria-hidden="true">"Esc"</kbd>
                </div>
                <div class="palette-list" role="listbox" id="palette-list" aria-label=list_label>
                    {groups(items)} {found}
                </div>
                <div role="status">
                    <p class="palette-none" data-none="" hidden>
                        <Icon name=IconName::Info size=IconSize::Small />
                        {empty_text}
                    </p>
                    {words}
                </div>
            </dialog>
        </PaletteKeys>
    }
}

#[island]
fn PaletteKeys(children: Children) -> impl IntoView {
    view! {
        <div class="command-palette" use:palette_keys>
            {children()}
        </div>
    }
}

fn palette_keys(root: Element) {
    let Some(dialog) = find(&root, "dialog").and_then(|dialog| dialog.dyn_into::<HtmlDialogElement>().ok()) else {
        return;
    };
    let (Some(input), Some(trigger), Some(page)) = (
        find_input(&dialog, "input"),
        find(&root, ".palette-trigger"),
        document(),
    ) else {
        return;
    };
    awake(&root);
    let list = option_list::drive(&dialog, input.clone(), Rc::new(|option: &HtmlElement| option.click()));
    let search = palette_search::search_while_typing(&dialog, &input, &list);
    let open: Rc<dyn Fn()> = {
        let dialog = dialog.clone();
        Rc::new(move || {
            if !dialog.open() {
                input.set_value("");
                if let Some(search) = &search {
                    search.forget();
                }
                list.filter();
                _ = dialog.show_modal();
                _ = input.focus();
            }
        })
    };
    {
        let open = open.clone();
        listen(
            &trigger,
            "click",
            Box::new(move |event| {
                event.prevent_default();
                open();
            }),
        );
    }
    listen(
        &page,
        "keydown",
        Box::new(move |event| {
            let Some(pressed) = event.dyn_ref::<KeyboardEvent>() else {
                return;
            };
            if (pressed.ctrl_key() || pressed.meta_key())
                && !pressed.alt_key()
                && !pressed.shift_key()
                && pressed.key().eq_ignore_ascii_case("k")
            {
                event.prevent_default();
                if dialog.open() {
                    dialog.close();
                } else {
                    open();
                }
            }
        }),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::render;

    #[test]
    fn places_stand_in_groups_and_the_trigger_works_without_javascript() {
        let html = render(|| {
            let items = vec![
                PaletteItem::new("Go to", "Home", "/o/north", IconName::Home),
                PaletteItem::new("Go to", "Projects", "/o/north/projects", IconName::Folder).keywords("Tasks work"),
                PaletteItem::new("Account", "Profile", "/account/profile", IconName::User),
            ];
            view! { <CommandPalette label="Go to" trigger_label="Search" placeholder="Where to?" empty_text="Nothing found" search_href="/search" items=items /> }
        });
        assert_eq!(html.matches(r#"role="group""#).count(), 2, "{html}");
        assert!(!html.contains("data-found"), "{html}");
        assert!(html.contains(r#"data-find="projects go to tasks work""#), "{html}");
        assert!(html.contains(r#"<a href="/search" class="palette-trigger">"#), "{html}");
        assert!(
            html.contains(r#"aria-controls="palette-list""#) && html.contains(r#"id="palette-list""#),
            "{html}"
        );
    }
}
