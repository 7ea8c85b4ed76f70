//! A text that is edited where it stands.
//!
//! On the server it is a form with a Save button. Awake, it shows the text; Enter, F2 or a click edits, Enter saves,
//! Escape gives up. It sends the same form to the same address and keeps the focus.

use crate::{
    Icon, IconName, IconSize, Text,
    browser::{attribute, awake, find, find_input, key, listen, say, set},
    fetch::ask,
};
use leptos::prelude::*;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, FormData, HtmlFormElement, UrlSearchParams};

/// A text and the form that changes it.
#[component]
pub fn InlineEdit(
    /// Where the form posts to.
    #[prop(into)]
    action: Text,
    /// The name the text is sent under.
    #[prop(into)]
    name: Text,
    /// The text now.
    #[prop(into)]
    value: Text,
    /// What the text is, for screen readers: "Title of the task".
    #[prop(into)]
    label: Text,
    /// What the text is when it is a button: "Edit title".
    #[prop(into)]
    edit_label: Text,
    /// "Save".
    #[prop(into)]
    save_label: Text,
    /// "Saved", said to screen readers.
    #[prop(into)]
    saved_label: Text,
    /// Said when the server gives no reason: "Could not be saved. Try again."
    #[prop(into)]
    error_label: Text,
    /// Sent along, such as the id of the task.
    #[prop(optional)]
    hidden: Vec<(Text, Text)>,
    /// Most characters the browser lets in.
    #[prop(optional)]
    max_length: Option<u16>,
) -> impl IntoView {
    let hidden = hidden.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value /> }).collect::<Vec<_>>();
    view! {
        <EditInPlace>
            <form class="inline-edit-form" method="post" action=action data-saved=saved_label data-error=error_label>
                {hidden}
                <button class="inline-edit-text" type="button">
                    <span class="inline-edit-value">{value.clone()}</span>
                    <span class="visually-hidden">", " {edit_label}</span>
                    <Icon name=IconName::Edit size=IconSize::Small />
                </button>
                <input class="input" type="text" name=name value=value aria-label=label autocomplete="off" required=true maxlength=max_length />
                <button class="button button-secondary button-small inline-edit-save" type="submit">
                    {save_label}
                </button>
                <span class="inline-edit-words" role="status"></span>
            </form>
        </EditInPlace>
    }
}

#[island]
fn EditInPlace(children: Children) -> impl IntoView {
    view! {
        <div class="inline-edit" use:edit_in_place>
            {children()}
        </div>
    }
}

fn edit_in_place(root: Element) {
    let Some(form) = find(&root, "form").and_then(|form| form.dyn_into::<HtmlFormElement>().ok()) else { return };
    let (Some(input), Some(text), Some(shown)) =
        (find_input(&root, "input:not([type=hidden])"), find(&root, ".inline-edit-text"), find(&root, ".inline-edit-value"))
    else {
        return;
    };
    let words = find(&root, ".inline-edit-words");
    awake(&root);

    // "text" shows the value, "edit" the field, "pending" waits for the server, "error" shows the field and why.
    let turn: Rc<dyn Fn(&str)> = {
        let root = root.clone();
        Rc::new(move |state: &str| set(&root, "data-state", state))
    };
    turn("text");

    let edit: Rc<dyn Fn()> = {
        let (input, turn) = (input.clone(), turn.clone());
        Rc::new(move || {
            turn("edit");
            _ = input.focus();
            input.select();
        })
    };
    {
        let edit = edit.clone();
        listen(&text, "click", Box::new(move |_| edit()));
    }
    listen(
        &text,
        "keydown",
        Box::new(move |event| {
            if key(&event) == "F2" {
                event.prevent_default();
                edit();
            }
        }),
    );
    {
        let (input, shown, text, turn, words) = (input.clone(), shown.clone(), text.clone(), turn.clone(), words.clone());
        listen(
            &form,
            "keydown",
            Box::new(move |event| {
                if key(&event) == "Escape" && !is_showing(&text) {
                    event.prevent_default();
                    input.set_value(&shown.text_content().unwrap_or_default());
                    say(words.as_ref(), "");
                    _ = input.remove_attribute("aria-invalid");
                    turn("text");
                    _ = text.focus();
                }
            }),
        );
    }
    let sent = form.clone();
    listen(
        &form,
        "submit",
        Box::new(move |event| {
            event.prevent_default();
            if attribute(&root, "data-state") == "pending" {
                return;
            }
            let value = input.value();
            if value == shown.text_content().unwrap_or_default() {
                turn("text");
                _ = text.focus();
                return;
            }
            let Some(body) = form_body(&sent) else { return };
            turn("pending");
            let url = attribute(&sent, "action");
            let (form, input, shown, text, turn, words) =
                (sent.clone(), input.clone(), shown.clone(), text.clone(), turn.clone(), words.clone());
            spawn_local(async move {
                let answer = ask(&url, Some(body.into())).await;
                if answer.as_ref().is_some_and(|answer| answer.ok) {
                    shown.set_text_content(Some(&value));
                    _ = input.remove_attribute("aria-invalid");
                    say(words.as_ref(), &attribute(&form, "data-saved"));
                    turn("text");
                    _ = text.focus();
                } else {
                    let reason = answer.and_then(|answer| answer.message()).unwrap_or_else(|| attribute(&form, "data-error"));
                    set(&input, "aria-invalid", "true");
                    say(words.as_ref(), &reason);
                    turn("error");
                    _ = input.focus();
                }
            });
        }),
    );
}

/// Whether an element takes part in the layout.
fn is_showing(element: &web_sys::HtmlElement) -> bool {
    element.offset_width() > 0
}

/// The fields of a form as a form body.
fn form_body(form: &HtmlFormElement) -> Option<UrlSearchParams> {
    let fields = FormData::new_with_form(form).ok()?;
    UrlSearchParams::new_with_str_sequence_sequence(&fields).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::render;

    #[test]
    fn without_javascript_it_is_a_form_with_a_button() {
        let html = render(|| {
            let hidden = vec![("task".into(), "42".into())];
            view! { <InlineEdit action="/rename" name="title" value="Paint" label="Title" edit_label="Edit title" save_label="Save" saved_label="Saved" error_label="Not saved" hidden=hidden max_length=120 /> }
        });
        assert!(html.contains(r#"method="post""#) && html.contains(r#"action="/rename""#), "{html}");
        assert!(html.contains(r#"<input type="hidden" name="task" value="42""#), "{html}");
        assert!(html.contains(r#"value="Paint""#) && html.contains(r#"aria-label="Title""#), "{html}");
        assert!(html.contains(r#"type="submit""#) && html.contains("Save"), "{html}");
        assert!(html.contains(r#"role="status""#), "{html}");
    }
}
