//! `/accept-invite`: what the link of an invitation opens. Looking at it changes nothing.

use contract::{
    Error,
    error::Result,
    invitation::{Invitation, InvitationState},
};
use http::{HeaderValue, StatusCode, header::REFERRER_POLICY};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_axum::ResponseOptions;

use super::{
    accept_invitation::AcceptInvitation, ask_for_invitation::AskForInvitation, decline_invitation::DeclineInvitation,
    look_up_invitation::look_up_invitation, obstacle::Obstacle, offer::Offer,
};
use crate::{form::FormState, frame::auth::AuthPage, messages, page, response::set_status};

#[component]
pub fn AcceptInvitePage() -> impl IntoView {
    // The code stands in the address, and goes nowhere from here, not even to this host.
    if let Some(response) = use_context::<ResponseOptions>() {
        response.insert_header(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    }
    let code = page::query("code");
    page::load(async move {
        let Some(code) = code else {
            let texts = &messages::current().invitation;
            return Ok(
                view! { <NoInvitation title=texts.missing_title text=texts.missing_text.to_owned()/> }.into_any(),
            );
        };
        show(code).await
    })
}

async fn show(code: String) -> Result<AnyView> {
    let texts = messages::current();
    Ok(match look_up_invitation(code.clone()).await {
        Ok(invitation) => view! { <Shown code=code invitation=invitation/> }.into_any(),
        Err(error @ (Error::NotFound | Error::Throttled { .. })) => {
            set_status(error.status());
            let (title, text) = match &error {
                Error::NotFound => (texts.invitation.unknown_title, texts.invitation.unknown_text.to_owned()),
                error => (texts.invitation.wait_title, texts.errors.whole(error)),
            };
            view! { <NoInvitation title=title text=text/> }.into_any()
        }
        Err(other) => return Err(other),
    })
}

#[component]
fn Shown(code: String, invitation: Invitation) -> impl IntoView {
    match invitation.state {
        InvitationState::SignedOut | InvitationState::Ready => {
            view! { <Offer code=code invitation=invitation/> }.into_any()
        }
        _ => view! { <Obstacle code=code invitation=invitation/> }.into_any(),
    }
}

/// There is no invitation to speak of.
#[component]
fn NoInvitation(title: &'static str, text: String) -> impl IntoView {
    let texts = messages::current();
    view! {
        <AuthPage title=title description=text>
            <div class="form-actions"><ui::Button href="/sign-in">{texts.auth.sign_in_instead}</ui::Button></div>
            <p class="auth-links"><ui::Link href="/">{texts.invitation.home}</ui::Link></p>
        </AuthPage>
    }
}

/// What the buttons of this page were refused. The page itself says where the invitation stands; what passes by itself is
/// told here.
#[component]
pub(super) fn Refused() -> impl IntoView {
    let errors = &messages::current().errors;
    let told = [
        FormState::of::<AcceptInvitation>(),
        FormState::of::<DeclineInvitation>(),
        FormState::of::<AskForInvitation>(),
    ]
    .into_iter()
    .filter(|form| {
        form.error()
            .is_some_and(|error| error.status() == StatusCode::TOO_MANY_REQUESTS || error.status().is_server_error())
    })
    .flat_map(|form| form.summary())
    .collect::<Vec<_>>();
    view! { <ui::FormErrorSummary title=errors.summary_title errors=told/> }
}

/// A form of one press that carries the code.
#[component]
pub(super) fn CodeForm(action: &'static str, code: String, children: Children) -> impl IntoView {
    view! {
        <form class="form" method="post" action=action data-pending="">
            <input type="hidden" name="code" value=code/>
            <div class="form-actions">{children()}</div>
        </form>
    }
}

/// Declining, where one has shown that the invitation is one's own.
#[component]
pub(super) fn Decline(code: String) -> impl IntoView {
    let texts = &messages::current().invitation;
    view! {
        <CodeForm action=DeclineInvitation::PATH code=code>
            <ui::Button variant=ui::ButtonVariant::Quiet>{texts.decline}</ui::Button>
        </CodeForm>
    }
}
