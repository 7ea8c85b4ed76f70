//! What the palette finds beyond the places in the page: the server is asked while someone types.

use crate::{
    Icon, IconName, Text,
    browser::{Timer, attribute, find, find_all, listen, lowercase, say, set},
    fetch::{Answer, ask},
    option_list::Driven,
};
use leptos::prelude::*;
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlElement, HtmlInputElement};

/// Shorter than a pause between words, longer than one between letters.
const PAUSE: i32 = 150;

/// Where more places are asked for. The server answers `GET url&text=…` with `[{"label": "…", "href": "…"}]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaletteSearch {
    /// Where it is asked; `text=` is added.
    pub url: Text,
    /// The group in which the found stand.
    pub group: Text,
    /// Their drawing.
    pub icon: IconName,
    /// Said while waiting: "Searching projects…".
    pub searching: Text,
    /// Said when there is no answer.
    pub failed: Text,
}

/// The group for what is found, with the pattern of one option.
#[component]
pub(crate) fn Found(search: PaletteSearch) -> impl IntoView {
    view! {
        <div class="palette-group" role="group" aria-label=search.group.clone() data-found=search.url hidden>
            <p class="palette-heading" aria-hidden="true">
                {search.group.clone()}
            </p>
            <a class="palette-option" role="option" aria-selected="false" tabindex="-1" data-pattern="" hidden>
                <Icon name=search.icon />
                <span></span>
            </a>
        </div>
    }
}

/// What is said about the search.
#[component]
pub(crate) fn Words(search: PaletteSearch) -> impl IntoView {
    view! { <p class="palette-words" data-searching=search.searching data-failed=search.failed></p> }
}

/// One palette's search. Answers to what was typed before come to nothing.
pub(crate) struct Search {
    dialog: Element,
    group: HtmlElement,
    pattern: HtmlElement,
    words: HtmlElement,
    input: HtmlInputElement,
    list: Driven,
    turn: Cell<u32>,
}

/// Asks while someone types, where the palette has a search.
pub(crate) fn search_while_typing(dialog: &Element, input: &HtmlInputElement, list: &Driven) -> Option<Rc<Search>> {
    let group = find(dialog, "[data-found]")?;
    let search = Rc::new(Search {
        dialog: dialog.clone(),
        pattern: find(&group, "[data-pattern]")?,
        words: find(dialog, ".palette-words")?,
        group,
        input: input.clone(),
        list: list.clone(),
        turn: Cell::default(),
    });
    let timer = {
        let search = search.clone();
        RefCell::new(Timer::new(Box::new(move || spawn_local(search.clone().look()))))
    };
    let typing = search.clone();
    listen(
        input,
        "input",
        Box::new(move |_| {
            if typing.begin() {
                timer.borrow_mut().set(PAUSE);
            } else {
                timer.borrow_mut().stop();
            }
        }),
    );
    Some(search)
}

impl Search {
    fn typed(&self) -> String {
        lowercase(self.input.value().trim())
    }

    /// Whether there is something to look for.
    fn begin(&self) -> bool {
        self.turn.set(self.turn.get().wrapping_add(1));
        let asks = !self.typed().is_empty();
        if asks {
            set(&self.dialog, "data-unsure", "");
            say(Some(&self.words), &attribute(&self.words, "data-searching"));
        } else {
            self.forget();
        }
        self.list.reload();
        asks
    }

    /// As if nothing had been typed.
    pub(crate) fn forget(&self) {
        self.turn.set(self.turn.get().wrapping_add(1));
        self.clear();
        self.settle("");
        self.list.reload();
    }

    async fn look(self: Rc<Self>) {
        let (turn, text) = (self.turn.get(), self.typed());
        let mut url = attribute(&self.group, "data-found");
        url.push(if url.contains('?') { '&' } else { '?' });
        url.push_str("text=");
        url.push_str(&String::from(js_sys::encode_uri_component(&text)));
        let answer = ask(&url, None).await;
        if turn != self.turn.get() {
            return;
        }
        self.clear();
        match answer.filter(|answer| answer.ok).and_then(|answer| answer.list()) {
            Some(found) => {
                for (index, place) in found.iter().enumerate() {
                    self.add(index, place, &text);
                }
                self.settle("");
            }
            None => say(Some(&self.words), &attribute(&self.words, "data-failed")),
        }
        self.list.reload();
    }

    /// Nothing more is to come.
    fn settle(&self, words: &str) {
        _ = self.dialog.remove_attribute("data-unsure");
        say(Some(&self.words), words);
    }

    fn clear(&self) {
        for option in find_all(&self.group, "[data-find]") {
            option.remove();
        }
    }

    /// Also found by the text that the server found it by: the two may think differently about a letter.
    fn add(&self, index: usize, place: &Answer, text: &str) {
        let (Some(label), Some(href)) = (place.text("label"), place.text("href")) else {
            return;
        };
        let Some(option) = self
            .pattern
            .clone_node_with_deep(true)
            .ok()
            .and_then(|copy| copy.dyn_into::<HtmlElement>().ok())
        else {
            return;
        };
        _ = option.remove_attribute("data-pattern");
        option.set_id(&format!("palette-found-{index}"));
        set(&option, "href", &href);
        set(&option, "data-find", &format!("{} {text}", lowercase(&label)));
        say(find(&option, "span").as_ref(), &label);
        _ = self.group.append_child(&option);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{CommandPalette, testing::render};

    #[test]
    fn the_group_is_hidden_until_something_is_found() {
        let html = render(|| {
            let search = PaletteSearch {
                url: "/projects.json?org=north".into(),
                group: "Projects".into(),
                icon: IconName::Folder,
                searching: "Searching…".into(),
                failed: "No answer".into(),
            };
            view! {
                <CommandPalette label="Go to" trigger_label="Search" placeholder="Where to?" empty_text="Nothing found" search_href="/search" items=Vec::new() search=Some(search) />
            }
        });
        assert!(html.contains(r#"data-found="/projects.json?org=north""#), "{html}");
        assert!(html.contains(r#"data-searching="Searching…""#), "{html}");
        assert!(!html.contains("data-find="), "the pattern is no option: {html}");
    }
}
