//! What is wrong with a form, in one place, before the form.

use crate::{Icon, IconName, MaybeText, Text};
use leptos::prelude::*;

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The id of the control it is about; empty when it is about none.
    pub field: Text,
    /// What is wrong and what to do.
    pub message: Text,
}

impl FieldError {
    /// An error about the control with this id.
    pub fn new(field: impl Into<Text>, message: impl Into<Text>) -> Self {
        Self {
            field: field.into(),
            message: message.into(),
        }
    }
}

/// Lists what is wrong, each line a link to its field. Nothing is rendered when nothing is wrong. It takes the focus
/// when the page opens, so that it is the first thing read.
#[component]
pub fn FormErrorSummary(
    /// Such as "Two things need your attention".
    #[prop(into)]
    title: Text,
    /// What is wrong.
    errors: Vec<FieldError>,
    /// Its id.
    #[prop(optional, into)]
    id: MaybeText,
    /// Takes the focus when the page opens; not for pages that only show one.
    #[prop(default = true)]
    focus: bool,
) -> impl IntoView {
    if errors.is_empty() {
        return None;
    }
    let lines = errors
        .into_iter()
        .map(|error| {
            if error.field.is_empty() {
                view! { <li>{error.message}</li> }.into_any()
            } else {
                view! {
                    <li>
                        <a href=format!("#{}", error.field)>{error.message}</a>
                    </li>
                }
                .into_any()
            }
        })
        .collect::<Vec<_>>();
    Some(view! {
        <div class="form-errors" role="alert" tabindex="-1" autofocus=focus id=id.0.unwrap_or("form-errors".into())>
            <Icon name=IconName::Danger />
            <div>
                <p class="form-errors-title">{title}</p>
                <ul>{lines}</ul>
            </div>
        </div>
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::render;

    #[test]
    fn each_error_leads_to_its_field() {
        let html = render(|| {
            let errors = vec![
                FieldError::new("email", "Enter an address."),
                FieldError::new("", "Try again in a minute."),
            ];
            view! { <FormErrorSummary title="Check these" errors=errors /> }
        });
        assert!(
            html.contains(r#"role="alert""#) && html.contains(r#"tabindex="-1""#),
            "{html}"
        );
        assert!(html.contains(r##"<a href="#email">Enter an address.</a>"##), "{html}");
        assert!(html.contains("<li>Try again in a minute.</li>"), "{html}");
    }

    #[test]
    fn without_errors_there_is_nothing() {
        let html = render(|| view! { <FormErrorSummary title="Check these" errors=vec![] /> });
        assert!(!html.contains("<div"), "{html}");
    }
}
