//! A file from the person's machine.

use crate::{
    MaybeText, Text,
    field::{self, FieldTexts},
};
use leptos::prelude::*;

/// A labelled file picker. Its form needs `enctype="multipart/form-data"`.
#[component]
pub fn FileInput(
    /// The name it is sent under.
    #[prop(into)]
    name: Text,
    /// What is asked for.
    #[prop(into)]
    label: Text,
    /// Its id; the name when absent.
    #[prop(optional, into)]
    id: MaybeText,
    /// The kinds of file it takes, as `accept`.
    #[prop(optional, into)]
    accept: MaybeText,
    /// Kinds and sizes, for people.
    #[prop(optional, into)]
    hint: MaybeText,
    /// What is wrong with the file and what to do.
    #[prop(optional, into)]
    error: MaybeText,
    /// A word beside the label, such as "Optional".
    #[prop(optional, into)]
    note: MaybeText,
    /// Takes several files.
    #[prop(optional)]
    multiple: bool,
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
        <input
            class="file-input"
            type="file"
            id=id.clone()
            name=name
            accept=accept.0
            multiple=multiple
            required=required
            disabled=disabled
            aria-invalid=field::invalid(error.is_some())
            aria-describedby=described_by
        />
    }
    .into_any();
    field::frame(
        FieldTexts {
            id,
            label,
            label_hidden: false,
            note,
            hint,
            error,
        },
        control,
    )
}
