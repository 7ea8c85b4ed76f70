//! `/account/security`: the password, the proof of the address, and the way to the devices.

use contract::{
    FieldCode,
    account::{Verification, Viewer},
};
use domain::identity::has_password::has_password;
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    access::access_page,
    change_password::ChangePassword,
    passkeys::card::{Passkeys, PasskeysCard},
    second_factor::card::{TwoStep, TwoStepCard},
};
use crate::{
    auth::{forgot_password::ForgotPassword, password_strength::PasswordStrength},
    form::FormState,
    frame::account::{Section, account_page},
    messages,
    page::PageTitle,
    session,
};

#[component]
pub fn SecurityPage() -> impl IntoView {
    account_page(Section::Security, |viewer| async move {
        if viewer.verification == Verification::Required {
            return Err(contract::Error::EmailUnverified);
        }
        let texts = &messages::current().account.security;
        let user = session::user().await?;
        let (two_step, passkeys) = (TwoStep::of(&user).await?, Passkeys::of(&user).await?);
        let password = if has_password(&user, &session::deps()?).await? {
            view! { <PasswordCard email=viewer.email.clone()/> }.into_any()
        } else {
            view! { <NoPasswordCard email=viewer.email.clone()/> }.into_any()
        };
        Ok(view! {
            <PageTitle text=texts.title/>
            <ui::PageHeader title=texts.title description=texts.description/>
            <div class="stack-large">
                {password}
                <PasskeysCard passkeys=passkeys/>
                <TwoStepCard two_step=two_step/>
                <AddressCard viewer=viewer/>
                <ui::Card title=texts.devices description=texts.devices_text>
                    <ui::Link href="/account/sessions">{texts.devices_link}</ui::Link>
                </ui::Card>
                <ui::Card title=texts.access description=texts.access_text>
                    <ui::Link href=access_page::PATH>{texts.access_link}</ui::Link>
                </ui::Card>
                <ui::Card title=texts.close description=texts.close_text>
                    <ui::Link href="/account/close">{texts.close_link}</ui::Link>
                </ui::Card>
            </div>
        }
        .into_any())
    })
}

#[component]
fn PasswordCard(email: String) -> impl IntoView {
    let messages = messages::current();
    let (auth, texts) = (&messages.auth, &messages.account.security);
    let form = FormState::of::<ChangePassword>();
    // The code is that of a failed sign-in, whose words speak of an address too.
    let wrong = form.has(FieldCode::WrongCredentials);
    let current_error = if wrong {
        Some(texts.current_wrong.to_owned())
    } else {
        form.field_error("current_password")
    };
    let summary = if wrong {
        vec![ui::FieldError::new("current_password", texts.current_wrong)]
    } else {
        form.summary()
    };
    let strength = view! { <ui::PasswordStrength url=PasswordStrength::PATH input="password"/> };
    view! {
        <ui::Card title=texts.password description=texts.password_text>
            <form class="form" method="post" action=ChangePassword::PATH data-pending="">
                <ui::FormErrorSummary title=messages.errors.summary_title errors=summary/>
                // Tells a password manager whose password it is.
                <input type="text" name="username" value=email autocomplete="username" readonly hidden/>
                <ui::PasswordInput
                    name="current_password"
                    label=texts.current
                    show_label=auth.show_password
                    hide_label=auth.hide_password
                    autocomplete="current-password"
                    error=current_error
                />
                <ui::PasswordInput
                    name="password"
                    label=auth.new_password
                    show_label=auth.show_password
                    hide_label=auth.hide_password
                    autocomplete="new-password"
                    hint=auth.password_hint
                    error=form.field_error("password")
                    min_length=10
                    strength=strength.into_any()
                />
                <div class="form-actions"><ui::Button>{texts.change}</ui::Button></div>
                <p class="small"><ui::Link href="/forgot-password">{texts.forgotten}</ui::Link></p>
            </form>
        </ui::Card>
    }
}

/// A password is set as a forgotten one is replaced: by who reads the mail to the address.
#[component]
fn NoPasswordCard(email: String) -> impl IntoView {
    let messages = messages::current();
    let texts = &messages.account.security;
    let form = FormState::of::<ForgotPassword>();
    view! {
        <ui::Card title=texts.password description=texts.no_password>
            <form class="form" method="post" action=ForgotPassword::PATH data-pending="">
                <ui::FormErrorSummary title=messages.errors.summary_title errors=form.summary()/>
                <input type="hidden" name="email" value=email.clone()/>
                <p>{(texts.set_text)(&email)}</p>
                <div class="form-actions"><ui::Button icon=ui::IconName::Mail>{texts.set}</ui::Button></div>
            </form>
        </ui::Card>
    }
}

#[component]
fn AddressCard(viewer: Viewer) -> impl IntoView {
    let account = &messages::current().account;
    let texts = &account.security;
    let state = match viewer.verification {
        Verification::Verified => view! { <ui::Badge tone=ui::Tone::Success>{texts.verified}</ui::Badge> }.into_any(),
        Verification::Grace { .. } | Verification::Required => {
            view! { <ui::Badge tone=ui::Tone::Warning>{texts.not_verified}</ui::Badge> }.into_any()
        }
    };
    let remind = match &viewer.verification {
        Verification::Grace { until } => Some(view! {
            <p class="muted small">{(texts.verify_by)(&until.text)}</p>
            <div class="form-actions">
                <ui::Button href="/verify-email" variant=ui::ButtonVariant::Secondary>{texts.verify}</ui::Button>
            </div>
        }),
        Verification::Verified | Verification::Required => None,
    };
    view! {
        <ui::Card title=account.email description=texts.email_text>
            <div class="stack">
                <p class="row"><span>{viewer.email}</span> {state}</p>
                {remind}
            </div>
        </ui::Card>
    }
}
