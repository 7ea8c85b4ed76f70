//! `/sign-up`.

use contract::{
    Error,
    error::Result,
    invitation::{Invitation, InvitationState},
};
use domain::identity::registration::public_config;
use leptos::{prelude::*, server_fn::ServerFn};

use super::{arrival, password_strength::PasswordStrength, sign_in_page::keeping, sign_up::SignUp};
use crate::{
    form::FormState,
    frame::auth::AuthPage,
    invitation::{look_up_invitation::look_up_invitation, ticket},
    messages, page,
    response::redirect_to,
    session::{self, settings},
};

#[component]
pub fn SignUpPage() -> impl IntoView {
    page::load(async {
        let next = page::query("next");
        let deps = session::deps()?;
        if let Some(user) = session::maybe_user().await? {
            let next = page::query("invite").map(|code| ticket::path(&code)).or(next);
            redirect_to(&arrival::onward(&user, &deps, next.as_deref()).await?);
            return Ok(().into_any());
        }
        if let Some(code) = page::query("invite") {
            return invited(code).await;
        }
        let config = public_config(&deps).await;
        let open = config.self_serve_enabled && !config.invite_code_required;
        // Testers may sign up even when registration is closed; who else may not hears it from the form.
        let listed = page::query("listed").is_some();
        Ok(if open || listed {
            view! { <SignUpForm next=next invited=None/> }.into_any()
        } else {
            view! { <Closed next=next/> }.into_any()
        })
    })
}

/// Somebody who comes by an invitation, whether or not registration is open to others. Where it does not let them in, its page
/// says why, and what to do.
async fn invited(code: String) -> Result<AnyView> {
    match look_up_invitation(code.clone()).await {
        Ok(invitation) if invitation.state == InvitationState::SignedOut && invitation.has_account != Some(true) => {
            let next = Some(ticket::path(&code));
            Ok(view! { <SignUpForm next=next invited=Some((code, invitation))/> }.into_any())
        }
        Ok(_) | Err(Error::NotFound | Error::Throttled { .. }) => {
            redirect_to(&ticket::path(&code));
            Ok(().into_any())
        }
        Err(other) => Err(other),
    }
}

#[component]
fn SignUpForm(next: Option<String>, invited: Option<(String, Invitation)>) -> impl IntoView {
    let messages = messages::current();
    let texts = &messages.auth;
    let form = FormState::of::<SignUp>();
    let (title, description, button) = match &invited {
        Some((_, invitation)) => (
            (messages.invitation.sign_up_title)(&invitation.organization),
            (messages.invitation.sign_up_description)(&invitation.inviter),
            (messages.invitation.sign_up_button)(&invitation.organization),
        ),
        None => (
            texts.sign_up.title.to_owned(),
            texts.sign_up.description.to_owned(),
            texts.sign_up.button.to_owned(),
        ),
    };
    // Who came by the mail has the address that it was sent to.
    let locked = invited
        .as_ref()
        .filter(|(_, invitation)| invitation.mailed)
        .map(|(_, invitation)| invitation.address.clone());
    let hint = locked.is_some().then_some(messages.invitation.sign_up_locked);
    let is_locked = locked.is_some();
    let code = invited.map(|(code, _)| view! { <input type="hidden" name="invite" value=code/> });
    let strength = view! { <ui::PasswordStrength url=PasswordStrength::PATH input="password"/> };
    view! {
        <AuthPage title=title description=description>
            <ui::FormErrorSummary title=messages.errors.summary_title errors=form.summary()/>
            <form class="form" method="post" action=SignUp::PATH data-pending="">
                <input type="hidden" name="next" value=next.clone().unwrap_or_default()/>
                {code}
                <ui::TextInput
                    name="name"
                    label=texts.name
                    value=form.value("name")
                    error=form.field_error("name")
                    autocomplete="name"
                    max_length=100
                    required=true
                    autofocus=!form.failed()
                />
                <ui::TextInput
                    name="email"
                    label=texts.email
                    kind=ui::InputKind::Email
                    value=locked.or_else(|| form.value("email"))
                    hint=hint
                    error=form.field_error("email")
                    autocomplete="username"
                    required=true
                    readonly=is_locked
                />
                <ui::PasswordInput
                    name="password"
                    label=texts.password
                    show_label=texts.show_password
                    hide_label=texts.hide_password
                    autocomplete="new-password"
                    hint=texts.password_hint
                    error=form.field_error("password")
                    min_length=10
                    strength=strength.into_any()
                />
                <ui::Checkbox
                    name="terms"
                    required=true
                    checked=form.checked_or("terms", false)
                    error=form.field_error("terms")
                >
                    <Consent/>
                </ui::Checkbox>
                <div class="form-actions"><ui::Button>{button}</ui::Button></div>
            </form>
            <p class="auth-links">
                <span>
                    {texts.sign_up.have_account} " "
                    <ui::Link href=keeping("/sign-in", next.as_deref())>{texts.sign_in_instead}</ui::Link>
                </span>
            </p>
        </AuthPage>
    }
}

/// What one agrees to, with links to the operator's documents where they are known.
#[component]
fn Consent() -> impl IntoView {
    let texts = &messages::current().auth.sign_up;
    let settings = settings();
    let document = |name: &'static str, url: Option<String>| match url {
        Some(url) => view! { <ui::Link href=url external=true new_tab=true>{name}</ui::Link> }.into_any(),
        None => name.into_any(),
    };
    let [before, between, after] = texts.consent;
    view! {
        {before} " " {document(texts.terms, settings.terms_url.clone())} " " {between} " "
        {document(texts.privacy, settings.privacy_url.clone())} {after}
    }
}

#[component]
fn Closed(next: Option<String>) -> impl IntoView {
    let texts = &messages::current().auth.sign_up;
    let listed = match &next {
        Some(next) => format!("{}&listed", page::with_query("/sign-up", "next", next)),
        None => "/sign-up?listed".to_owned(),
    };
    view! {
        <AuthPage title=texts.closed_title description=texts.closed_text>
            <div class="form-actions">
                <ui::Button href=keeping("/sign-in", next.as_deref())>{texts.closed_sign_in}</ui::Button>
            </div>
            <p class="auth-links"><ui::Link href=listed>{texts.closed_listed}</ui::Link></p>
        </AuthPage>
    }
}
