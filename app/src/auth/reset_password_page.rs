//! `/reset-password?token=…`: what a mailed link opens.

use contract::FieldCode;
use leptos::{prelude::*, server_fn::ServerFn};

use super::{password_strength::PasswordStrength, reset_password::ResetPassword};
use crate::{form::FormState, frame::auth::AuthPage, messages, page};

#[component]
pub fn ResetPasswordPage() -> impl IntoView {
    let messages = messages::current();
    let texts = &messages.auth;
    let form = FormState::of::<ResetPassword>();
    if form.has(FieldCode::LinkExpired) {
        let reset = &texts.reset;
        return view! { <AskAgain title=reset.expired_title text=reset.expired_text/> }.into_any();
    }
    let Some(token) = page::query("token") else {
        let reset = &texts.reset;
        return view! { <AskAgain title=reset.no_link_title text=reset.no_link_text/> }.into_any();
    };
    let strength = view! { <ui::PasswordStrength url=PasswordStrength::PATH input="password"/> };
    view! {
        <AuthPage title=texts.reset.title description=texts.reset.description>
            <ui::FormErrorSummary title=messages.errors.summary_title errors=form.summary()/>
            <form class="form" method="post" action=ResetPassword::PATH data-pending="">
                <input type="hidden" name="token" value=token/>
                <ui::PasswordInput
                    name="password"
                    label=texts.new_password
                    show_label=texts.show_password
                    hide_label=texts.hide_password
                    autocomplete="new-password"
                    hint=texts.password_hint
                    error=form.field_error("password")
                    min_length=10
                    autofocus=!form.failed()
                    strength=strength.into_any()
                />
                <div class="form-actions"><ui::Button>{texts.reset.button}</ui::Button></div>
            </form>
        </AuthPage>
    }
    .into_any()
}

#[component]
fn AskAgain(title: &'static str, text: &'static str) -> impl IntoView {
    let texts = &messages::current().auth;
    view! {
        <AuthPage title=title description=text>
            <div class="form-actions"><ui::Button href="/forgot-password">{texts.reset.ask_again}</ui::Button></div>
            <p class="auth-links"><ui::Link href="/sign-in">{texts.forgot.back}</ui::Link></p>
        </AuthPage>
    }
}
