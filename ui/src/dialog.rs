//! A question in front of the page, by the browser's own `<dialog>`.
//!
//! A [`crate::Button`] with `opens` opens it without any script of ours. Whatever it does must also have a page of its
//! own, so that there is an address and a way for browsers that know no `command`.

use crate::{Icon, IconName, MaybeText, Text};
use leptos::prelude::*;

/// A dialog. Escape, a click beside it and its close button close it.
#[component]
pub fn Dialog(
    /// Its id, for `opens`.
    #[prop(into)]
    id: Text,
    /// The question.
    #[prop(into)]
    title: Text,
    /// The name of its close button.
    #[prop(into)]
    close_label: Text,
    /// What it holds: usually a form.
    children: Children,
    /// One sentence below the title.
    #[prop(optional, into)]
    description: MaybeText,
    /// Buttons below a line.
    #[prop(optional)]
    footer: Option<AnyView>,
) -> impl IntoView {
    panel("dialog", id, title, close_label, description, children(), footer)
}

/// What dialogs and drawers share.
pub(crate) fn panel(
    class: &'static str,
    id: Text,
    title: Text,
    close_label: Text,
    description: MaybeText,
    content: AnyView,
    footer: Option<AnyView>,
) -> AnyView {
    let title_id = format!("{id}-title");
    let description_id = description.is_some().then(|| format!("{id}-description"));
    let description = description
        .0
        .map(|text| view! { <p class="dialog-description" id=format!("{id}-description")>{text}</p> });
    view! {
        <dialog class=class id=id closedby="any" aria-labelledby=title_id aria-describedby=description_id>
            <div class="dialog-head">
                <div>
                    <h2 class="dialog-title" id=title_id.clone()>
                        {title}
                    </h2>
                    {description}
                </div>
                <form method="dialog">
                    <button class="button button-quiet button-icon button-small" aria-label=close_label>
                        <Icon name=IconName::Close />
                    </button>
                </form>
            </div>
            <div class="dialog-body">{content}</div>
            {footer.map(|footer| view! { <div class="dialog-foot">{footer}</div> })}
        </dialog>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::render;

    #[test]
    fn it_is_named_and_described_and_can_be_closed() {
        let html = render(|| {
            view! { <Dialog id="rename" title="Rename project" close_label="Close" description="Links keep working.">"…"</Dialog> }
        });
        assert!(
            html.contains(r#"aria-labelledby="rename-title""#) && html.contains(r#"id="rename-title""#),
            "{html}"
        );
        assert!(html.contains(r#"aria-describedby="rename-description""#), "{html}");
        assert!(
            html.contains(r#"<form method="dialog">"#) && html.contains(r#"aria-label="Close""#),
            "{html}"
        );
    }
}
