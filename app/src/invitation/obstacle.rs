//! An invitation that cannot be accepted as things are: why, and the way on.

use contract::invitation::{Invitation, InvitationState};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    accept_page::{CodeForm, Decline, Refused},
    ask_for_invitation::AskForInvitation,
    ticket,
};
use crate::{
    auth::{resend_verification::ResendVerification, sign_out::SignOut},
    form::FormState,
    frame::auth::AuthPage,
    messages, page,
};

#[component]
pub fn Obstacle(code: String, invitation: Invitation) -> impl IntoView {
    let (title, text) = words(&invitation);
    let Invitation {
        organization,
        state,
        mailed,
        ..
    } = invitation;
    let way_on = match state {
        InvitationState::OtherAddress { own, member } => {
            let member = member.map(|slug| (slug.to_string(), organization));
            view! { <AsSomebodyElse code=code own=own member=member/> }.into_any()
        }
        InvitationState::Unverified => view! { <Prove code=code/> }.into_any(),
        InvitationState::AlreadyIn { organization: slug } => {
            let texts = &messages::current().invitation;
            let href = format!("/o/{slug}/projects");
            let label = (texts.go_to)(&organization);
            view! { <div class="form-actions"><ui::Button href=href>{label}</ui::Button></div> }.into_any()
        }
        InvitationState::Used => view! { <SignIn next=ticket::path(&code)/> }.into_any(),
        InvitationState::Expired
        | InvitationState::Full { .. }
        | InvitationState::ReadOnly
        | InvitationState::InviterGone
        | InvitationState::RoleAbove => {
            let texts = &messages::current().invitation;
            let decline = mailed.then(|| view! { <Decline code=code.clone()/> });
            let asked = match state {
                InvitationState::Full { .. } => texts.asked_for_seat,
                InvitationState::ReadOnly => texts.asked_for_payment,
                _ => texts.asked,
            };
            view! { <Ask code=code asked=asked/> {decline} <HomeLink/> }.into_any()
        }
        _ => view! { <Home/> }.into_any(),
    };
    view! {
        <AuthPage title=title description=text>
            <Refused/>
            {way_on}
        </AuthPage>
    }
}

/// Title and explanation.
fn words(invitation: &Invitation) -> (String, String) {
    let texts = &messages::current().invitation;
    let Invitation {
        organization,
        inviter,
        address,
        expires,
        ..
    } = invitation;
    match &invitation.state {
        InvitationState::OtherAddress { own, .. } => (texts.other_title.to_owned(), (texts.other_text)(address, own)),
        InvitationState::Unverified => (texts.unverified_title.to_owned(), (texts.unverified_text)(address)),
        InvitationState::AlreadyIn { .. } => ((texts.already_title)(organization), texts.already_text.to_owned()),
        InvitationState::Suspended => (texts.suspended_title.to_owned(), (texts.suspended_text)(organization)),
        InvitationState::Used => (texts.used_title.to_owned(), texts.used_text.to_owned()),
        InvitationState::Declined => (texts.declined_title.to_owned(), (texts.declined_text)(inviter)),
        InvitationState::Expired => (
            texts.expired_title.to_owned(),
            (texts.expired_text)(inviter, &expires.text),
        ),
        InvitationState::Full { .. } => ((texts.full_title)(organization), (texts.full_text)(inviter)),
        InvitationState::ReadOnly => (
            (texts.read_only_title)(organization),
            (texts.read_only_text)(organization),
        ),
        InvitationState::InviterGone => (texts.gone_title.to_owned(), (texts.gone_text)(inviter, organization)),
        InvitationState::RoleAbove => (texts.above_title.to_owned(), (texts.above_text)(inviter, organization)),
        InvitationState::OrganizationInactive => ((texts.inactive_title)(organization), (texts.inactive_text)(inviter)),
        InvitationState::SignedOut | InvitationState::Ready => ((texts.title)(organization), String::new()),
    }
}

/// Nothing happens by itself: who is signed in as somebody else goes on as the invited person, or stays who they are.
#[component]
fn AsSomebodyElse(code: String, own: String, member: Option<(String, String)>) -> impl IntoView {
    let texts = &messages::current().invitation;
    let stay = match member {
        Some((slug, organization)) => {
            view! { <ui::Link href=format!("/o/{slug}/projects")>{(texts.go_to)(&organization)}</ui::Link> }.into_any()
        }
        None => view! { <ui::Link href="/">{(texts.stay)(&own)}</ui::Link> }.into_any(),
    };
    view! {
        <p class="muted">{texts.other_alias}</p>
        <form class="form" method="post" action=SignOut::PATH data-pending="">
            <input type="hidden" name="next" value=ticket::path(&code)/>
            <div class="form-actions"><ui::Button>{texts.switch}</ui::Button></div>
        </form>
        <p class="auth-links">{stay}</p>
    }
}

#[component]
fn Prove(code: String) -> impl IntoView {
    let messages = messages::current();
    let form = FormState::of::<ResendVerification>();
    view! {
        <ui::FormErrorSummary title=messages.errors.summary_title errors=form.summary()/>
        <form class="form" method="post" action=ResendVerification::PATH data-pending="">
            <input type="hidden" name="next" value=ticket::path(&code)/>
            <div class="form-actions"><ui::Button>{messages.invitation.send_proof}</ui::Button></div>
        </form>
    }
}

#[component]
fn SignIn(next: String) -> impl IntoView {
    let texts = &messages::current().invitation;
    view! {
        <div class="form-actions"><ui::Button href=page::sign_in_path(&next)>{texts.sign_in}</ui::Button></div>
        <HomeLink/>
    }
}

/// Whoever can help is told, once somebody wants it.
#[component]
fn Ask(code: String, asked: &'static str) -> impl IntoView {
    let texts = &messages::current().invitation;
    if page::query("asked").is_some() {
        return view! { <ui::Banner tone=ui::Tone::Success>{asked}</ui::Banner> }.into_any();
    }
    view! {
        <CodeForm action=AskForInvitation::PATH code=code>
            <ui::Button>{texts.ask}</ui::Button>
        </CodeForm>
    }
    .into_any()
}

#[component]
fn HomeLink() -> impl IntoView {
    let texts = &messages::current().invitation;
    view! { <p class="auth-links"><ui::Link href="/">{texts.home}</ui::Link></p> }
}

#[component]
fn Home() -> impl IntoView {
    let texts = &messages::current().invitation;
    view! { <div class="form-actions"><ui::Button href="/" variant=ui::ButtonVariant::Secondary>{texts.home}</ui::Button></div> }
}
