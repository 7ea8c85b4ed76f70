//! Says how strong a password is while it is typed. The server judges; the password travels in a request body only.

use crate::{
    Text,
    browser::{Timer, attribute, find, find_input, listen, say, set},
    fetch::ask,
};
use leptos::prelude::*;
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, UrlSearchParams};

/// A meter of five steps for the password field with the id `input`. The server answers `POST url` with
/// `{"score": 0..4, "label": "…", "hint": "…"}`. Without JavaScript nothing shows, and the server judges at the end.
#[component]
pub fn PasswordStrength(
    /// Where the judgement is asked for; the password is sent as `password`.
    #[prop(into)]
    url: Text,
    /// The id of the password field.
    #[prop(into)]
    input: Text,
) -> impl IntoView {
    view! {
        <JudgePassword>
            <span hidden data-url=url data-input=input></span>
            <span class="strength-steps" aria-hidden="true">
                <i></i>
                <i></i>
                <i></i>
                <i></i>
            </span>
            <span class="strength-words" role="status"></span>
        </JudgePassword>
    }
}

#[island]
fn JudgePassword(children: Children) -> impl IntoView {
    view! {
        <div class="password-strength" use:judge_password>
            {children()}
        </div>
    }
}

fn judge_password(root: Element) {
    let Some(settings) = find(&root, "[data-url]") else {
        return;
    };
    let url = attribute(&settings, "data-url");
    let selector = format!("#{}", attribute(&settings, "data-input"));
    let Some(input) = crate::browser::document()
        .and_then(|page| page.document_element())
        .and_then(|page| find_input(&page, &selector))
    else {
        return;
    };
    let words = find(&root, ".strength-words");
    let turn = Rc::new(Cell::new(0_u32));
    let typed = input.clone();
    let judge = {
        let (root, words) = (root.clone(), words.clone());
        Box::new(move || {
            let password = typed.value();
            turn.set(turn.get().wrapping_add(1));
            if password.is_empty() {
                _ = root.remove_attribute("data-score");
                say(words.as_ref(), "");
                return;
            }
            let Ok(body) = UrlSearchParams::new() else { return };
            body.append("password", &password);
            let (asked, turn, url, root, words) = (turn.get(), turn.clone(), url.clone(), root.clone(), words.clone());
            spawn_local(async move {
                let Some(answer) = ask(&url, Some(body.into())).await else {
                    return;
                };
                let Some(score) = answer.number("score") else { return };
                // A later letter has asked again: this answer is about a password that is no longer there.
                if asked != turn.get() {
                    return;
                }
                let step = if score < 1.0 {
                    "0"
                } else if score < 2.0 {
                    "1"
                } else if score < 3.0 {
                    "2"
                } else if score < 4.0 {
                    "3"
                } else {
                    "4"
                };
                set(&root, "data-score", step);
                let mut sentence = answer.text("label").unwrap_or_default();
                if let Some(hint) = answer.text("hint").filter(|hint| !hint.is_empty()) {
                    sentence.push_str(" · ");
                    sentence.push_str(&hint);
                }
                say(words.as_ref(), &sentence);
            });
        })
    };
    let timer = RefCell::new(Timer::new(judge));
    listen(&input, "input", Box::new(move |_| timer.borrow_mut().set(250)));
}
