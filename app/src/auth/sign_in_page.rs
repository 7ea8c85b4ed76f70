//! `/sign-in`.

use domain::identity::has_password::has_password;
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    arrival, begin_passkey_sign_in::BeginPasskeySignIn, demo_ways::DemoWays, request_magic_link::RequestMagicLink,
    sign_in::SignIn, sign_in_by_passkey::SignInByPasskey,
};
use crate::{
    account::passkeys::texts::{around, why_not},
    form::FormState,
    frame::auth::AuthPage,
    messages, page,
    response::redirect_to,
    session,
};

#[component]
pub fn SignInPage() -> impl IntoView {
    page::load(async {
        let next = page::query("next");
        let mut again = None;
        if let Some(user) = session::maybe_user().await? {
            let deps = session::deps()?;
            if page::query("again").is_none() || user.signed_in_recently(&deps) {
                redirect_to(&arrival::onward(&user, &deps, next.as_deref()).await?);
                return Ok(().into_any());
            }
            let email = user.person().email.clone();
            if !has_password(&user, &deps).await? {
                return Ok(view! { <LinkInstead email=email next=next/> }.into_any());
            }
            again = Some(email);
        }
        Ok(view! { <SignInForm next=next again=again/> }.into_any())
    })
}

/// For who is signed in without a password, and proves once more that it is them.
#[component]
fn LinkInstead(email: String, next: Option<String>) -> impl IntoView {
    let messages = messages::current();
    let texts = &messages.auth;
    let form = FormState::of::<RequestMagicLink>();
    view! {
        <AuthPage title=texts.sign_in.title description=(texts.sign_in.again_by_link)(&email)>
            <ui::FormErrorSummary title=messages.errors.summary_title errors=form.summary()/>
            <form class="form" method="post" action=RequestMagicLink::PATH data-pending="">
                <input type="hidden" name="next" value=next.clone().unwrap_or_default()/>
                <input type="hidden" name="email" value=email/>
                <div class="form-actions">
                    <ui::Button icon=ui::IconName::Mail>{texts.magic.request.button}</ui::Button>
                </div>
            </form>
            <ByPasskey next=next/>
        </AuthPage>
    }
}

/// The way in without an address and a password. Nothing where there are no passkeys.
#[component]
fn ByPasskey(next: Option<String>) -> impl IntoView {
    let there_are = session::deps().is_ok_and(|deps| why_not(&deps).is_none());
    let messages = messages::current();
    let texts = &messages.passkeys.sign_in;
    let form = FormState::of::<SignInByPasskey>();
    there_are.then(|| {
        view! {
            <p class="divider">{texts.or}</p>
            <ui::FormErrorSummary title=messages.errors.summary_title errors=form.summary() id="passkey-errors"/>
            <ui::PasskeyForm
                action=SignInByPasskey::PATH
                ask=BeginPasskeySignIn::PATH
                act=ui::PasskeyAct::Get
                label=texts.button
                variant=ui::ButtonVariant::Secondary
                texts=around(texts.without_script)
            >
                {next.map(|next| view! { <input type="hidden" name="next" value=next/> })}
            </ui::PasskeyForm>
        }
    })
}

/// The other pages of this kind, on which the way back to where one was going is kept.
pub(super) fn keeping(path: &str, next: Option<&str>) -> String {
    match next {
        Some(next) => page::with_query(path, "next", next),
        None => path.to_owned(),
    }
}

/// With `again` for who is signed in and proves once more that it is them.
#[component]
fn SignInForm(next: Option<String>, again: Option<String>) -> impl IntoView {
    let messages = messages::current();
    let texts = &messages.auth;
    let form = FormState::of::<SignIn>();
    // With the address kept, it is the password that is to be typed again.
    let description = again.is_some().then_some(texts.sign_in.again);
    let email = form.value("email").or(again);
    view! {
        <AuthPage title=texts.sign_in.title description=description>
            <ui::FormErrorSummary title=messages.errors.summary_title errors=form.summary()/>
            <form class="form" method="post" action=SignIn::PATH data-pending="">
                <input type="hidden" name="next" value=next.clone().unwrap_or_default()/>
                <ui::TextInput
                    name="email"
                    label=texts.email
                    kind=ui::InputKind::Email
                    value=email
                    error=form.field_error("email")
                    autocomplete="username"
                    required=true
                    autofocus=!form.failed()
                />
                <ui::PasswordInput
                    name="password"
                    label=texts.password
                    show_label=texts.show_password
                    hide_label=texts.hide_password
                    autocomplete="current-password"
                    error=form.field_error("password")
                />
                <div class="form-actions"><ui::Button>{texts.sign_in.button}</ui::Button></div>
            </form>
            <ByPasskey next=next.clone()/>
            <p class="auth-links">
                <ui::Link href="/forgot-password">{texts.sign_in.forgot}</ui::Link>
                <ui::Link href=keeping("/magic-link", next.as_deref())>{texts.sign_in.magic}</ui::Link>
            </p>
            <p class="auth-links">
                <span>
                    {texts.sign_in.no_account} " "
                    <ui::Link href=keeping("/sign-up", next.as_deref())>{texts.sign_up_instead}</ui::Link>
                </span>
            </p>
            <DemoWays/>
        </AuthPage>
    }
}
