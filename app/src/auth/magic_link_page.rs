//! `/magic-link`: the form, what to do once it is sent, and what the mailed link opens.

use contract::FieldCode;
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    mailed::{Mailed, recall},
    redeem_magic_link::RedeemMagicLink,
    request_magic_link::RequestMagicLink,
};
use crate::{form::FormState, frame::auth::AuthPage, messages, page};

#[component]
pub fn MagicLinkPage() -> impl IntoView {
    let redeem = FormState::of::<RedeemMagicLink>();
    let request = FormState::of::<RequestMagicLink>();
    if redeem.has(FieldCode::LinkExpired) {
        return view! { <Expired/> }.into_any();
    }
    if let Some(token) = page::query("token") {
        return view! { <Follow token=token form=redeem/> }.into_any();
    }
    if page::query("sent").is_some() && !request.failed() {
        return view! { <Sent/> }.into_any();
    }
    view! { <Request form=request/> }.into_any()
}

#[component]
fn Request(form: FormState) -> impl IntoView {
    let messages = messages::current();
    let texts = &messages.auth;
    view! {
        <AuthPage title=texts.magic.title description=texts.magic.description>
            <ui::FormErrorSummary title=messages.errors.summary_title errors=form.summary()/>
            <form class="form" method="post" action=RequestMagicLink::PATH data-pending="">
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
                <div class="form-actions"><ui::Button>{texts.magic.button}</ui::Button></div>
            </form>
            <p class="auth-links"><ui::Link href="/sign-in">{texts.magic.with_password}</ui::Link></p>
        </AuthPage>
    }
}

#[component]
fn Sent() -> impl IntoView {
    let texts = &messages::current().auth.magic;
    let address = recall(Mailed::MagicLink);
    let text = (texts.sent_text)(address.as_ref().map(contract::email::EmailAddress::as_str));
    view! {
        <AuthPage title=texts.sent_title description=text>
            <p class="muted small">{texts.nothing_arrived}</p>
            <div class="form-actions">
                <ui::Button href="/magic-link" variant=ui::ButtonVariant::Secondary>{texts.again}</ui::Button>
            </div>
            <p class="auth-links"><ui::Link href="/sign-in">{texts.with_password}</ui::Link></p>
        </AuthPage>
    }
}

#[component]
fn Follow(token: String, form: FormState) -> impl IntoView {
    let messages = messages::current();
    let texts = &messages.auth.magic;
    view! {
        <AuthPage title=texts.link_title description=texts.link_text>
            <ui::FormErrorSummary title=messages.errors.summary_title errors=form.summary()/>
            <form class="form" method="post" action=RedeemMagicLink::PATH data-pending="">
                <input type="hidden" name="token" value=token/>
                <div class="form-actions"><ui::Button>{texts.link_button}</ui::Button></div>
            </form>
        </AuthPage>
    }
}

#[component]
fn Expired() -> impl IntoView {
    let texts = &messages::current().auth.magic;
    view! {
        <AuthPage title=texts.expired_title description=texts.expired_text>
            <div class="form-actions"><ui::Button href="/magic-link">{texts.title}</ui::Button></div>
            <p class="auth-links"><ui::Link href="/sign-in">{texts.with_password}</ui::Link></p>
        </AuthPage>
    }
}
