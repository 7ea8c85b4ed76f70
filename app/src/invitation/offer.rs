//! An invitation that is open: what it offers, and the way in for who is signed in and who is not.

use contract::invitation::{Invitation, InvitationState};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    accept_invitation::AcceptInvitation,
    accept_page::{CodeForm, Decline, Refused},
    ticket,
};
use crate::{auth::sign_out::SignOut, frame::auth::AuthPage, messages, page};

#[component]
pub fn Offer(code: String, invitation: Invitation) -> impl IntoView {
    let texts = &messages::current().invitation;
    let title = (texts.title)(&invitation.organization);
    let description = (texts.text)(&invitation.inviter, invitation.member_type);
    let mailed = invitation.mailed;
    let decline =
        (mailed || invitation.state == InvitationState::Ready).then(|| view! { <Decline code=code.clone()/> });
    let way_in = if invitation.state == InvitationState::Ready {
        view! { <Ready code=code invitation=invitation.clone()/> }.into_any()
    } else {
        view! { <SignedOut code=code invitation=invitation.clone()/> }.into_any()
    };
    view! {
        <AuthPage title=title description=description>
            <Refused/>
            <Terms invitation=invitation/>
            {way_in}
            {decline}
        </AuthPage>
    }
}

/// The organization's mark, and what is offered.
#[component]
fn Terms(invitation: Invitation) -> impl IntoView {
    let texts = &messages::current().invitation;
    let Invitation {
        organization,
        role,
        address,
        expires,
        ..
    } = invitation;
    view! {
        <div class="invitation-terms">
            <ui::Avatar name=organization shape=ui::AvatarShape::Square size=ui::AvatarSize::Large/>
            <ui::KeyValueList>
                <ui::KeyValue label=texts.role>{role}</ui::KeyValue>
                <ui::KeyValue label=texts.address>{address}</ui::KeyValue>
                <ui::KeyValue label=texts.until>
                    <ui::DateTime instant=expires.iso.clone() exact=expires.iso text=expires.text/>
                </ui::KeyValue>
            </ui::KeyValueList>
        </div>
    }
}

#[component]
fn Ready(code: String, invitation: Invitation) -> impl IntoView {
    let texts = &messages::current().invitation;
    let next = ticket::path(&code);
    view! {
        <CodeForm action=AcceptInvitation::PATH code=code>
            <ui::Button>{(texts.join)(&invitation.organization)}</ui::Button>
        </CodeForm>
        <SwitchAccount next=next text=(texts.signed_in_as)(&invitation.address)/>
    }
}

/// Signing out, and coming back to the invitation.
#[component]
fn SwitchAccount(next: String, text: String) -> impl IntoView {
    let texts = &messages::current().invitation;
    view! {
        <form class="row small muted" method="post" action=SignOut::PATH data-pending="">
            <input type="hidden" name="next" value=next/>
            <span>{text}</span>
            <ui::Button variant=ui::ButtonVariant::Quiet size=ui::ButtonSize::Small>{texts.use_another}</ui::Button>
        </form>
    }
}

/// Whoever has the address hears whether it has an account; a link that was passed on does not tell.
#[component]
fn SignedOut(code: String, invitation: Invitation) -> impl IntoView {
    let texts = &messages::current().invitation;
    let next = ticket::path(&code);
    let sign_in = page::sign_in_path(&next);
    let by_mail = page::with_query("/magic-link", "next", &next);
    let sign_up = page::with_query("/sign-up", "invite", &code);
    match invitation.has_account {
        Some(true) => view! {
            <p class="muted">{texts.sign_in_text}</p>
            <div class="form-actions"><ui::Button href=sign_in>{texts.sign_in}</ui::Button></div>
            <p class="auth-links"><ui::Link href=by_mail>{texts.by_mail}</ui::Link></p>
        }
        .into_any(),
        Some(false) => view! {
            <p class="muted">{texts.sign_up_text}</p>
            <div class="form-actions"><ui::Button href=sign_up>{texts.sign_up}</ui::Button></div>
        }
        .into_any(),
        None => view! {
            <p class="muted">{(texts.copied_text)(&invitation.address)}</p>
            <div class="form-actions">
                <ui::Button href=sign_in>{texts.sign_in}</ui::Button>
                <ui::Button href=sign_up variant=ui::ButtonVariant::Secondary>{texts.sign_up}</ui::Button>
            </div>
        }
        .into_any(),
    }
}
