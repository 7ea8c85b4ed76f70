//! Several lines of text.

use crate::{
    MaybeText, Text,
    field::{self, FieldTexts},
};
use leptos::prelude::*;

/// A labelled text of several lines. It grows with its content where the browser can.
#[component]
pub fn Textarea(
    /// The name it is sent under.
    #[prop(into)]
    name: Text,
    /// What is asked for.
    #[prop(into)]
    label: Text,
    /// Its id; the name when absent.
    #[prop(optional, into)]
    id: MaybeText,
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
    /// An example of an answer.
    #[prop(optional, into)]
    placeholder: MaybeText,
    /// Lines shown at least.
    #[prop(default = 4)]
    rows: u8,
    /// Most characters the browser lets in.
    #[prop(optional)]
    max_length: Option<u16>,
    /// Refuses to be sent empty.
    #[prop(optional)]
    required: bool,
    /// Cannot be used now and is not sent.
    #[prop(optional)]
    disabled: bool,
) -> impl IntoView {
    let id = id.0.unwrap_or_else(|| name.clone());
    let described_by = field::described_by(&id, hint.is_some(), error.is_some());
    let control = view! {
        <textarea
            class="input textarea"
            id=id.clone()
            name=name
            rows=rows
            placeholder=placeholder.0
            maxlength=max_length
            required=required
            disabled=disabled
            aria-invalid=field::invalid(error.is_some())
            aria-describedby=described_by
        >
            {value.or_empty()}
        </textarea>
    }
    .into_any();
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
    fn the_value_is_its_content_without_added_space() {
        let html = render(|| view! { <Textarea name="note" label="Note" value="first\nsecond" error="Too long." /> });
        assert!(html.contains(">first\nsecond</textarea>"), "{html}");
        assert!(html.contains(r#"aria-describedby="note-error""#), "{html}");
    }
}
