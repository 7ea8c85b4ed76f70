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
use web_sys::{Element, FormData, HtmlElement, HtmlFormElement, HtmlInputElement, UrlSearchParams};

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
    let hidden = hidden
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
        .collect::<Vec<_>>();
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
    let Some(editor) = Editor::of(&root) else { return };
    awake(&root);
    editor.turn("text");
    let editor = Rc::new(editor);
    {
        let editor = editor.clone();
        listen(&editor.text.clone(), "click", Box::new(move |_| editor.edit()));
    }
    {
        let editor = editor.clone();
        listen(
            &editor.form.clone(),
            "keydown",
            Box::new(move |event| match (key(&event).as_str(), editor.state().as_str()) {
                ("F2", "text") => {
                    event.prevent_default();
                    editor.edit();
                }
                ("Escape", "edit" | "error") => {
                    event.prevent_default();
                    editor.give_up();
                }
                _ => {}
            }),
        );
    }
    listen(
        &editor.form.clone(),
        "submit",
        Box::new(move |event| {
            event.prevent_default();
            if editor.state() != "pending" {
                spawn_local(save(editor.clone()));
            }
        }),
    );
}

/// The parts of one editor. Its state is `data-state`: "text" shows the value, "edit" the field, "pending" waits for
/// the server, "error" shows the field and why.
struct Editor {
    root: Element,
    form: HtmlFormElement,
    input: HtmlInputElement,
    text: HtmlElement,
    shown: HtmlElement,
    words: HtmlElement,
}

impl Editor {
    fn of(root: &Element) -> Option<Self> {
        Some(Self {
            root: root.clone(),
            form: find(root, "form")?.dyn_into().ok()?,
            input: find_input(root, "input:not([type=hidden])")?,
            text: find(root, ".inline-edit-text")?,
            shown: find(root, ".inline-edit-value")?,
            words: find(root, ".inline-edit-words")?,
        })
    }

    fn state(&self) -> String {
        attribute(&self.root, "data-state")
    }

    fn turn(&self, state: &str) {
        set(&self.root, "data-state", state);
    }

    fn value(&self) -> String {
        self.shown.text_content().unwrap_or_default()
    }

    fn edit(&self) {
        self.turn("edit");
        _ = self.input.focus();
        self.input.select();
    }

    /// Back to the text, with a word about it or none.
    fn rest(&self, words: &str) {
        _ = self.input.remove_attribute("aria-invalid");
        say(Some(&self.words), words);
        self.turn("text");
        _ = self.text.focus();
    }

    fn give_up(&self) {
        self.input.set_value(&self.value());
        self.rest("");
    }

    fn fail(&self, reason: &str) {
        set(&self.input, "aria-invalid", "true");
        say(Some(&self.words), reason);
        self.turn("error");
        _ = self.input.focus();
    }
}

/// Sends the form and shows what came of it. A text that did not change is not sent.
async fn save(editor: Rc<Editor>) {
    let value = editor.input.value();
    if value == editor.value() {
        editor.give_up();
        return;
    }
    let Some(body) = form_body(&editor.form) else { return };
    editor.turn("pending");
    let answer = ask(&attribute(&editor.form, "action"), Some(body.into())).await;
    if answer.as_ref().is_some_and(|answer| answer.ok) {
        editor.shown.set_text_content(Some(&value));
        editor.rest(&attribute(&editor.form, "data-saved"));
    } else {
        let reason = answer
            .and_then(|answer| answer.message())
            .unwrap_or_else(|| attribute(&editor.form, "data-error"));
        editor.fail(&reason);
    }
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
        assert!(
            html.contains(r#"method="post""#) && html.contains(r#"action="/rename""#),
            "{html}"
        );
        assert!(
            html.contains(r#"<input type="hidden" name="task" value="42""#),
            "{html}"
        );
        assert!(
            html.contains(r#"value="Paint""#) && html.contains(r#"aria-label="Title""#),
            "{html}"
        );
        assert!(html.contains(r#"type="submit""#) && html.contains("Save"), "{html}");
        assert!(html.contains(r#"role="status""#), "{html}");
    }
}
