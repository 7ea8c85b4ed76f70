//! What can be done with an invitation that waits, beside it in the list of people.

use contract::people::{PersonRow, PersonState};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    copy_invitation_link::CopyInvitationLink, resend_invitation::ResendInvitation, revoke_invitation::RevokeInvitation,
};
use crate::{messages, org::post_form::PostForm, page};

/// Nothing for who may not invite, or not with such a role. An expired one has no link that would let anybody in.
#[component]
pub fn InvitationMenu(org: String, invitation: String, row: PersonRow) -> impl IntoView {
    if !row.rights.invite {
        return ().into_any();
    }
    let messages = messages::current();
    let texts = &messages.invite;
    let fields = move || vec![("org", org.clone()), ("invitation", invitation.clone())];
    let copy = (row.state != PersonState::Expired).then(|| {
        view! {
            <PostForm action=CopyInvitationLink::PATH fields=fields()>
                <ui::MenuItem icon=ui::IconName::Link>{texts.copy_link}</ui::MenuItem>
            </PostForm>
        }
    });
    // Back to where the list is looked at, with its filter and page.
    let mut and_back = fields();
    and_back.push(("back", page::requested()));
    let resend = and_back.clone();
    view! {
        <ui::Menu label=(messages.people.actions_of)(&row.email) align=ui::MenuAlign::End>
            <PostForm action=ResendInvitation::PATH fields=resend>
                <ui::MenuItem icon=ui::IconName::Mail>{texts.resend}</ui::MenuItem>
            </PostForm>
            {copy}
            <ui::MenuSeparator/>
            <PostForm action=RevokeInvitation::PATH fields=and_back>
                <ui::MenuItem icon=ui::IconName::Trash tone=ui::Tone::Danger>{texts.revoke}</ui::MenuItem>
            </PostForm>
        </ui::Menu>
    }
    .into_any()
}
