//! `/verify-email`: what the mailed link opens, where the mail went, and the wall once the days of grace are over.

use contract::{FieldCode, error::Result};
use domain::actor::{UserActor, Verification};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    arrival,
    mailed::{Mailed, recall},
    mailed_link::MailedLink,
    resend_verification::ResendVerification,
    sign_in_page::keeping,
    sign_out::SignOut,
    verify_email::VerifyEmail,
};
use crate::{
    form::FormState,
    frame::auth::AuthPage,
    messages, page,
    response::{redirect_to, safe_next},
    session,
};

/// This page, from which one goes on to where one was going.
pub(crate) fn path(next: Option<&str>) -> String {
    keeping("/verify-email", next.and_then(safe_next))
}

#[component]
pub fn VerifyEmailPage() -> impl IntoView {
    page::load(async {
        let user = session::maybe_user().await?;
        let form = FormState::of::<VerifyEmail>();
        let next = page::query("next");
        let verified = |user: &UserActor| user.person().verification == Verification::Verified;
        if let Some(user) = user.as_ref().filter(|user| verified(user)) {
            return done(user).await;
        }
        if form.has(FieldCode::LinkExpired) {
            return Ok(view! { <Expired signed_in=user.is_some() next=next/> }.into_any());
        }
        // A refused "send another" is shown beside the button that sends.
        let resend_failed = FormState::of::<ResendVerification>().failed();
        if let Some(token) = page::query("token").filter(|_| !resend_failed) {
            return Ok(view! {
                <MailedLink texts=&messages::current().auth.verify.link action=VerifyEmail::PATH form=form token=token/>
            }
            .into_any());
        }
        match user {
            Some(user) if user.person().verification == Verification::Required => wall(&user, next).await,
            Some(user) => {
                let go_on = arrival::onward(&user, &session::deps()?, next.as_deref()).await?;
                Ok(view! { <Sent email=user.person().email.clone() go_on=go_on next=next/> }.into_any())
            }
            None => Ok(if let Some(email) = recall(Mailed::Verification) {
                let go_on = next.as_deref().and_then(safe_next).unwrap_or("/welcome").to_owned();
                view! { <Sent email=email.to_string() go_on=go_on next=next/> }.into_any()
            } else {
                redirect_to(&page::sign_in_path("/verify-email"));
                ().into_any()
            }),
        }
    })
}

async fn done(user: &UserActor) -> Result<AnyView> {
    let go_on = arrival::home(user, &session::deps()?).await?;
    let texts = &messages::current().auth;
    Ok(view! {
        <AuthPage title=texts.verify.done_title description=(texts.verify.done_text)(&user.person().email)>
            <div class="form-actions"><ui::Button href=go_on>{texts.go_on}</ui::Button></div>
        </AuthPage>
    }
    .into_any())
}

async fn wall(user: &UserActor, next: Option<String>) -> Result<AnyView> {
    let home = arrival::home(user, &session::deps()?).await?;
    let texts = &messages::current().auth.verify;
    let wizard = (home == "/welcome").then(|| view! { <ui::Link href="/welcome">{texts.set_up}</ui::Link> });
    Ok(view! {
        <AuthPage title=texts.wall_title description=(texts.wall_text)(&user.person().email)>
            <Resend next=next primary=true/>
            <p class="muted small">{texts.nothing_arrived}</p>
            <p class="muted small">{texts.wrong_address}</p>
            {wizard}
            <form class="form" method="post" action=SignOut::PATH data-pending="">
                <div class="form-actions">
                    <ui::Button variant=ui::ButtonVariant::Quiet>{texts.sign_out}</ui::Button>
                </div>
            </form>
        </AuthPage>
    }
    .into_any())
}

/// The mail is on its way. The same for who has just signed up with an address that was free and one that was not.
#[component]
fn Sent(email: String, go_on: String, next: Option<String>) -> impl IntoView {
    let texts = &messages::current().auth;
    let label = if go_on == "/welcome" {
        texts.verify.set_up
    } else {
        texts.go_on
    };
    view! {
        <AuthPage title=texts.verify.sent_title description=(texts.verify.sent_text)(&email)>
            <div class="form-actions"><ui::Button href=go_on>{label}</ui::Button></div>
            <p class="muted small">{texts.verify.nothing_arrived}</p>
            <Resend next=next/>
        </AuthPage>
    }
}

#[component]
fn Resend(next: Option<String>, #[prop(optional)] primary: bool) -> impl IntoView {
    let messages = messages::current();
    let form = FormState::of::<ResendVerification>();
    let variant = if primary {
        ui::ButtonVariant::Primary
    } else {
        ui::ButtonVariant::Secondary
    };
    view! {
        <ui::FormErrorSummary title=messages.errors.summary_title errors=form.summary()/>
        <form class="form" method="post" action=ResendVerification::PATH data-pending="">
            <input type="hidden" name="next" value=next.unwrap_or_default()/>
            <div class="form-actions"><ui::Button variant=variant>{messages.auth.verify.resend}</ui::Button></div>
        </form>
    }
}

#[component]
fn Expired(signed_in: bool, next: Option<String>) -> impl IntoView {
    let texts = &messages::current().auth;
    if signed_in {
        view! {
            <AuthPage title=texts.verify.expired_title description=texts.verify.expired_text>
                <Resend next=next primary=true/>
            </AuthPage>
        }
        .into_any()
    } else {
        view! {
            <AuthPage title=texts.verify.expired_title description=texts.verify.expired_signed_out>
                <div class="form-actions">
                    <ui::Button href=page::sign_in_path("/verify-email")>{texts.sign_in_instead}</ui::Button>
                </div>
            </AuthPage>
        }
        .into_any()
    }
}
