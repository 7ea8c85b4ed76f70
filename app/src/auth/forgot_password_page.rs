//! `/forgot-password`: the form, and what to do once it is sent.

use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    forgot_password::ForgotPassword,
    mailed::{Mailed, recall},
};
use crate::{form::FormState, frame::auth::AuthPage, messages, page};

#[component]
pub fn ForgotPasswordPage() -> impl IntoView {
    let form = FormState::of::<ForgotPassword>();
    if page::query("sent").is_some() && !form.failed() {
        return view! { <Sent/> }.into_any();
    }
    let messages = messages::current();
    let texts = &messages.auth;
    view! {
        <AuthPage title=texts.forgot.title description=texts.forgot.description>
            <ui::FormErrorSummary title=messages.errors.summary_title errors=form.summary()/>
            <form class="form" method="post" action=ForgotPassword::PATH data-pending="">
                <ui::TextInput
                    name="email"
                    label=texts.email
                    kind=ui::InputKind::Email
                    value=form.value("email")
                    error=form.field_error("email")
                    autocomplete="username"
                    required=true
                    autofocus=!form.failed()
                />
                <div class="form-actions"><ui::Button>{texts.forgot.button}</ui::Button></div>
            </form>
            <p class="auth-links"><ui::Link href="/sign-in">{texts.forgot.back}</ui::Link></p>
        </AuthPage>
    }
    .into_any()
}

#[component]
fn Sent() -> impl IntoView {
    let texts = &messages::current().auth.forgot;
    let address = recall(Mailed::PasswordReset);
    let text = (texts.sent_text)(address.as_ref().map(contract::email::EmailAddress::as_str));
    view! {
        <AuthPage title=texts.sent_title description=text>
            <p class="muted small">{texts.nothing_arrived}</p>
            <div class="form-actions"><ui::Button href="/sign-in">{texts.back}</ui::Button></div>
            <p class="auth-links"><ui::Link href="/forgot-password">{texts.again}</ui::Link></p>
        </AuthPage>
    }
}
