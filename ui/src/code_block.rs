//! Code or a command, to read and to copy.

use crate::{CopyButton, MaybeText, Text};
use leptos::prelude::*;

/// A block of code. With both copy labels it has a copy button.
#[component]
pub fn CodeBlock(
    /// The code.
    #[prop(into)]
    code: Text,
    /// What it is, such as "Terminal"; also its name for screen readers.
    #[prop(into)]
    label: Text,
    /// "Copy".
    #[prop(optional, into)]
    copy_label: MaybeText,
    /// "Copied".
    #[prop(optional, into)]
    copied_label: MaybeText,
) -> impl IntoView {
    let copy = copy_label.0.zip(copied_label.0).map(|(label, copied_label)| {
        view! { <CopyButton value=code.clone() label=label copied_label=copied_label /> }
    });
    view! {
        <figure class="code-block">
            <figcaption class="code-head">
                <span>{label.clone()}</span>
                {copy}
            </figcaption>
            <pre tabindex="0" role="region" aria-label=label>
                <code>{code}</code>
            </pre>
        </figure>
    }
}
