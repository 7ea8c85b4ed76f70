//! What the page before this one was refused, for forms that have no room of their own to say it.

use contract::Error;
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{form::FormState, messages, page};

/// The words of a refusal of `F`, each without a field to lead to.
pub fn of<F: ServerFn<Error = Error>>() -> Vec<ui::FieldError> {
    unbound(FormState::of::<F>().summary())
}

/// Errors whose fields stand in another form or in none.
pub fn unbound(errors: Vec<ui::FieldError>) -> Vec<ui::FieldError> {
    errors
        .into_iter()
        .map(|error| ui::FieldError::new("", error.message))
        .collect()
}

/// Errors of a form whose controls have ids that begin with a word of their own.
pub fn prefixed(errors: Vec<ui::FieldError>, prefix: &str) -> Vec<ui::FieldError> {
    errors
        .into_iter()
        .map(|error| match error.field.as_ref() {
            "" => error,
            field => ui::FieldError::new(format!("{prefix}-{field}"), error.message),
        })
        .collect()
}

/// Whether `F` asked for a more recent sign-in.
pub fn wants_sign_in<F: ServerFn<Error = Error>>() -> bool {
    matches!(FormState::of::<F>().error(), Some(Error::RecentSignInRequired))
}

/// The way to sign in once more, and back to `next`.
#[component]
pub fn SignInAgain(next: String) -> impl IntoView {
    let text = messages::current().errors.sign_in_again;
    view! {
        <div class="form-actions">
            <ui::Button
                href=page::sign_in_again_path(&next)
                variant=ui::ButtonVariant::Secondary
                icon=ui::IconName::SignIn
            >
                {text}
            </ui::Button>
        </div>
    }
}

/// Nothing when nothing was refused.
#[component]
pub fn Refusals(errors: Vec<ui::FieldError>) -> impl IntoView {
    let title = messages::current().errors.summary_title;
    view! { <ui::FormErrorSummary title=title errors=errors id="refusals"/> }
}
