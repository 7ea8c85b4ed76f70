//! Tells while typing whether an answer can be had: a slug that is free, a name that is taken.

use crate::{
    MaybeText, Text,
    browser::{Timer, attribute, document, find, find_input, listen, say, set},
    fetch::ask,
};
use leptos::prelude::*;
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlInputElement};

/// Wraps one input. The server answers `GET url?value=…` with `{"state": "available"|"taken"|"invalid"|"reserved",
/// "message": "…"}`. Without JavaScript the form's own error says the same after sending.
#[component]
pub fn LiveCheck(
    /// Where it is asked; `value=` is added.
    #[prop(into)]
    url: Text,
    /// Shown while waiting: "Checking…".
    #[prop(into)]
    checking_label: Text,
    /// The id of another input whose text is turned into a slug here, until the person types their own.
    #[prop(optional, into)]
    slug_of: MaybeText,
    /// The input.
    children: Children,
) -> impl IntoView {
    view! {
        <CheckWhileTyping>
            {children()} <p class="live-check-words" role="status" data-url=url data-checking=checking_label data-slug-of=slug_of.0></p>
        </CheckWhileTyping>
    }
}

#[island]
fn CheckWhileTyping(children: Children) -> impl IntoView {
    view! {
        <div class="live-check" use:check_while_typing>
            {children()}
        </div>
    }
}

/// Letters and digits in lower case, everything else a single hyphen.
fn slug(name: &str) -> String {
    let mut slug = String::with_capacity(name.len());
    for letter in name.chars() {
        let letter = letter.to_ascii_lowercase();
        if letter.is_ascii_alphanumeric() {
            slug.push(letter);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

fn check_while_typing(root: Element) {
    let (Some(input), Some(words)) = (find_input(&root, "input"), find(&root, ".live-check-words")) else {
        return;
    };
    let mut url = attribute(&words, "data-url");
    url.push(if url.contains('?') { '&' } else { '?' });
    url.push_str("value=");
    let source = attribute(&words, "data-slug-of");
    let turn = Rc::new(Cell::new(0_u32));
    let typed = input.clone();
    let check = Box::new(move || {
        let value = typed.value();
        turn.set(turn.get().wrapping_add(1));
        if value.is_empty() {
            _ = root.remove_attribute("data-state");
            say(Some(&words), "");
            return;
        }
        set(&root, "data-state", "checking");
        say(Some(&words), &attribute(&words, "data-checking"));
        let mut url = url.clone();
        url.push_str(&String::from(js_sys::encode_uri_component(&value)));
        let (asked, turn, root, words) = (turn.get(), turn.clone(), root.clone(), words.clone());
        spawn_local(async move {
            let answer = ask(&url, None).await;
            if asked != turn.get() {
                return;
            }
            if let Some((state, message)) =
                answer.and_then(|answer| Some((answer.text("state")?, answer.text("message")?)))
            {
                set(&root, "data-state", &state);
                say(Some(&words), &message);
            } else {
                _ = root.remove_attribute("data-state");
                say(Some(&words), "");
            }
        });
    });
    let timer = Rc::new(RefCell::new(Timer::new(check)));
    follow(&input, &source, &timer);
    listen(&input, "input", Box::new(move |_| timer.borrow_mut().set(300)));
}

/// Keeps the input in step with the name it is made from, until someone types into it.
fn follow(input: &HtmlInputElement, source: &str, timer: &Rc<RefCell<Timer>>) {
    let Some(source) = document().and_then(|page| page.get_element_by_id(source)) else {
        return;
    };
    let own = Rc::new(Cell::new(!input.value().is_empty()));
    {
        let own = own.clone();
        let typed = input.clone();
        listen(input, "input", Box::new(move |_| own.set(!typed.value().is_empty())));
    }
    let (input, timer) = (input.clone(), timer.clone());
    listen(
        &source,
        "input",
        Box::new(move |event| {
            let name = event
                .target()
                .and_then(|target| wasm_bindgen::JsCast::dyn_into::<HtmlInputElement>(target).ok());
            if let (false, Some(name)) = (own.get(), name) {
                input.set_value(&slug(&name.value()));
                timer.borrow_mut().set(300);
            }
        }),
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_has_single_hyphens_and_none_at_its_ends() {
        assert_eq!(slug("North Pier Studio"), "north-pier-studio");
        assert_eq!(slug("  A & B, Ltd. "), "a-b-ltd");
        assert_eq!(slug("---"), "");
    }
}
