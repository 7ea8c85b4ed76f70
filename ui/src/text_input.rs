//! A line of text, with everything a browser can do for the person typing it.

use crate::{
    Icon, IconName, MaybeText, Text,
    field::{self, FieldTexts},
};
use leptos::prelude::*;

/// What kind of line it is; phones choose their keyboard by it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InputKind {
    /// Anything.
    #[default]
    Text,
    /// An address; the browser checks its form.
    Email,
    /// A search; drawn with a magnifier.
    Search,
    /// A web address.
    Url,
    /// A whole number.
    Number,
    /// A telephone number.
    Telephone,
    /// A day, by the browser's own picker.
    Date,
    /// A day and a time of day, by the browser's own picker.
    DateAndTime,
    /// A one-time code of digits.
    Code,
}

impl InputKind {
    const fn html_type(self) -> &'static str {
        match self {
            Self::Text | Self::Code => "text",
            Self::Email => "email",
            Self::Search => "search",
            Self::Url => "url",
            Self::Number => "number",
            Self::Telephone => "tel",
            Self::Date => "date",
            Self::DateAndTime => "datetime-local",
        }
    }
}

/// A labelled line of text.
#[component]
pub fn TextInput(
    /// The name it is sent under.
    #[prop(into)]
    name: Text,
    /// What is asked for.
    #[prop(into)]
    label: Text,
    /// Its id; the name when absent. Give one when two forms of a page use the same name.
    #[prop(optional, into)]
    id: MaybeText,
    /// The kind of line.
    #[prop(optional)]
    kind: InputKind,
    /// What it holds at first.
    #[prop(optional, into)]
    value: MaybeText,
    /// How to answer.
    #[prop(optional, into)]
    hint: MaybeText,
    /// What is wrong with the answer and what to do.
    #[prop(optional, into)]
    error: MaybeText,
    /// A word beside the label, such as "Optional".
    #[prop(optional, into)]
    note: MaybeText,
    /// Keeps the label for screen readers only.
    #[prop(optional)]
    label_hidden: bool,
    /// An example of an answer; never the only label.
    #[prop(optional, into)]
    placeholder: MaybeText,
    /// The `autocomplete` token, such as `email` or `organization`.
    #[prop(optional, into)]
    autocomplete: MaybeText,
    /// Fixed text before the answer, such as `plinth.example/o/`.
    #[prop(optional, into)]
    prefix: MaybeText,
    /// Most characters the browser lets in.
    #[prop(optional)]
    max_length: Option<u16>,
    /// The form of a right answer, as `pattern`.
    #[prop(optional, into)]
    pattern: MaybeText,
    /// Refuses to be sent empty.
    #[prop(optional)]
    required: bool,
    /// Cannot be used now and is not sent.
    #[prop(optional)]
    disabled: bool,
    /// Is sent but cannot be changed.
    #[prop(optional)]
    readonly: bool,
    /// Takes the focus when the page opens.
    #[prop(optional)]
    autofocus: bool,
) -> impl IntoView {
    let id = id.0.unwrap_or_else(|| name.clone());
    let described_by = field::described_by(&id, hint.is_some(), error.is_some());
    let inputmode = match kind {
        InputKind::Code | InputKind::Number => Some("numeric"),
        _ => None,
    };
    let input = view! {
        <input
            class="input"
            class:input-code=kind == InputKind::Code
            type=kind.html_type()
            id=id.clone()
            name=name
            value=value.0
            inputmode=inputmode
            placeholder=placeholder.0
            autocomplete=autocomplete.0
            maxlength=max_length
            pattern=pattern.0
            required=required
            disabled=disabled
            readonly=readonly
            autofocus=autofocus
            aria-invalid=field::invalid(error.is_some())
            aria-describedby=described_by
        />
    };
    let control = match (prefix.0, kind) {
        (Some(prefix), _) => view! {
            <div class="input-affix">
                <span class="input-prefix" aria-hidden="true">
                    {prefix}
                </span>
                {input}
            </div>
        }
        .into_any(),
        (None, InputKind::Search) => view! {
            <div class="input-search">
                <Icon name=IconName::Search />
                {input}
            </div>
        }
        .into_any(),
        (None, _) => input.into_any(),
    };
    field::frame(
        FieldTexts {
            id,
            label,
            label_hidden,
            note,
            hint,
            error,
        },
        control,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::render;

    #[test]
    fn label_hint_and_error_belong_to_the_input() {
        let html = render(|| {
            view! { <TextInput name="email" label="E-mail" kind=InputKind::Email hint="We write to it once." error="Enter an address." required=true /> }
        });
        assert!(html.contains(r#"<label for="email" class="field-label">"#), "{html}");
        assert!(html.contains(r#"aria-describedby="email-error email-hint""#), "{html}");
        assert!(html.contains(r#"aria-invalid="true""#), "{html}");
        assert!(
            html.contains(r#"id="email-error""#) && html.contains(r#"id="email-hint""#),
            "{html}"
        );
        assert!(html.contains(r#"type="email""#) && html.contains(" required"), "{html}");
    }

    #[test]
    fn a_right_answer_says_nothing() {
        let html = render(|| view! { <TextInput name="title" label="Title" /> });
        assert!(
            !html.contains("aria-invalid") && !html.contains("aria-describedby"),
            "{html}"
        );
    }

    #[test]
    fn a_hidden_label_is_still_there() {
        let html = render(
            || view! { <TextInput name="q" id="project-search" label="Search projects" kind=InputKind::Search label_hidden=true /> },
        );
        assert!(
            html.contains(r#"<label for="project-search" class="visually-hidden">Search projects"#),
            "{html}"
        );
    }
}
