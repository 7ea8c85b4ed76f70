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
        let form = FormState::of::<VerifyEmail>();
        let next = page::query("next");
        let Some(user) = session::maybe_user().await? else {
            return Ok(signed_out(next.as_deref()));
        };
        if form.has(FieldCode::Mismatch) {
            return Ok(view! { <OtherAccount email=user.person().email.clone()/> }.into_any());
        }
        if user.person().verification == Verification::Verified {
            return done(&user).await;
        }
        if form.has(FieldCode::LinkExpired) {
            return Ok(view! { <Expired next=next/> }.into_any());
        }
        // A refused "send another" is shown beside the button that sends.
        let resend_failed = FormState::of::<ResendVerification>().failed();
        if let Some(token) = page::query("token").filter(|_| !resend_failed) {
            return Ok(view! {
                <MailedLink texts=&messages::current().auth.verify.link action=VerifyEmail::PATH form=form token=token/>
            }
            .into_any());
        }
        if user.person().verification == Verification::Required {
            return wall(&user, next).await;
        }
        let go_on = arrival::onward(&user, &session::deps()?, next.as_deref()).await?;
        Ok(view! { <Sent email=user.person().email.clone() go_on=go_on next=next/> }.into_any())
    })
}

/// A link that is opened here asks for a sign-in, whatever it is worth: who has not signed up does not know the password.
fn signed_out(next: Option<&str>) -> AnyView {
    if let Some(token) = page::query("token") {
        let here = page::with_query("/verify-email", "token", &token);
        return view! { <SignInFirst sign_in=page::sign_in_path(&here)/> }.into_any();
    }
    if let Some(email) = recall(Mailed::Verification) {
        let go_on = next.and_then(safe_next).unwrap_or("/welcome").to_owned();
        return view! { <Sent email=email.to_string() go_on=go_on next=next.map(ToOwned::to_owned)/> }.into_any();
    }
    redirect_to(&page::sign_in_path("/verify-email"));
    ().into_any()
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
fn Expired(next: Option<String>) -> impl IntoView {
    let texts = &messages::current().auth.verify;
    view! {
        <AuthPage title=texts.expired_title description=texts.expired_text>
            <Resend next=next primary=true/>
        </AuthPage>
    }
}

#[component]
fn SignInFirst(sign_in: String) -> impl IntoView {
    let texts = &messages::current().auth;
    view! {
        <AuthPage title=texts.verify.sign_in_title description=texts.verify.sign_in_text>
            <div class="form-actions"><ui::Button href=sign_in>{texts.sign_in_instead}</ui::Button></div>
            <p class="muted small">{texts.verify.no_password}</p>
            <p class="auth-links"><ui::Link href="/forgot-password">{texts.sign_in.forgot}</ui::Link></p>
        </AuthPage>
    }
}

#[component]
fn OtherAccount(email: String) -> impl IntoView {
    let texts = &messages::current().auth.verify;
    view! {
        <AuthPage title=texts.other_title description=(texts.other_text)(&email)>
            <form class="form" method="post" action=SignOut::PATH data-pending="">
                <div class="form-actions"><ui::Button>{texts.sign_out}</ui::Button></div>
            </form>
        </AuthPage>
    }
}
