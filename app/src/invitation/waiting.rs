//! What waits for somebody, before anything else on the page that welcomes them.

use contract::invitation::WaitingInvitation;
use leptos::{prelude::*, server_fn::ServerFn};

use super::{accept_invitation::AcceptInvitation, decline_invitation::DeclineInvitation};
use crate::{form::FormState, messages};

#[component]
pub fn Waiting(invitations: Vec<WaitingInvitation>) -> impl IntoView {
    let messages = messages::current();
    let refused = [
        FormState::of::<AcceptInvitation>().summary(),
        FormState::of::<DeclineInvitation>().summary(),
    ]
    .concat();
    let rows = invitations
        .into_iter()
        .map(|one| view! { <Row one=one/> })
        .collect_view();
    view! {
        <ui::FormErrorSummary title=messages.errors.summary_title errors=refused id="refusals"/>
        <ul class="list">{rows}</ul>
    }
}

#[component]
fn Row(one: WaitingInvitation) -> impl IntoView {
    let texts = &messages::current().invitation;
    let id = one.id.to_string();
    let (joined, declined) = (one.organization.clone(), one.organization.clone());
    view! {
        <li class="list-row">
            <ui::Avatar name=one.organization.clone() shape=ui::AvatarShape::Square/>
            <div class="list-main">
                <p class="list-title">{one.organization.clone()}</p>
                <p class="list-detail">{(texts.waiting_text)(&one.inviter, &one.role, one.member_type)}</p>
            </div>
            <form method="post" action=DeclineInvitation::PATH data-pending="">
                <input type="hidden" name="invitation" value=id.clone()/>
                <ui::Button variant=ui::ButtonVariant::Quiet size=ui::ButtonSize::Small>
                    {texts.decline} <span class="visually-hidden">" " {declined}</span>
                </ui::Button>
            </form>
            <form method="post" action=AcceptInvitation::PATH data-pending="">
                <input type="hidden" name="invitation" value=id/>
                <ui::Button size=ui::ButtonSize::Small>
                    {texts.join_named} <span class="visually-hidden">" " {joined}</span>
                </ui::Button>
            </form>
        </li>
    }
}
