//! What is decided on the page of support: who asks, what is offered, and what holds for everybody who will ask.

use contract::support::{SupportPolicy, SupportRow};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    approve_support::ApproveSupport, deny_support::DenySupport, offer_support::OfferSupport,
    set_support_policy::SetSupportPolicy,
};
use crate::{
    form::FormState,
    messages,
    org::post_form::{HiddenFields, PostForm},
    platform::support::{
        fields::{AskedFields, hours_options},
        view::areas,
    },
};

/// Somebody asks to be let in.
#[component]
pub fn Waiting(org: String, session: SupportRow, decides: bool) -> impl IntoView {
    let support = &messages::current().support;
    let texts = &support.org;
    let who = session.operator_name.clone().unwrap_or_default();
    let mode = (messages::current().visits.mode)(session.scope.mode());
    let wants = (texts.wants)(&areas(&session.scope), mode);
    let fields = vec![("org", org), ("session", session.id.to_string())];
    let answer = decides.then(|| {
        let selected = session.hours.to_string();
        view! {
            <div class="row">
                <form class="row" method="post" action=ApproveSupport::PATH data-pending="">
                    <HiddenFields fields=fields.clone()/>
                    <ui::Select
                        name="hours"
                        id=format!("hours-{}", session.id)
                        label=texts.approve_hours
                        options=hours_options()
                        selected=selected
                    />
                    <ui::Button>{texts.approve}</ui::Button>
                </form>
                <PostForm action=DenySupport::PATH fields=fields>
                    <ui::Button variant=ui::ButtonVariant::Secondary>{texts.deny}</ui::Button>
                </PostForm>
            </div>
        }
    });
    let ticket = session
        .ticket
        .clone()
        .map(|ticket| view! { <p class="muted">{support.ticket} " " {ticket}</p> });
    view! {
        <ui::Card title=(texts.waiting)(&who)>
            <div class="stack">
                <p>{session.reason.clone()}</p>
                {ticket}
                <p class="muted">{wants}</p>
                {answer}
            </div>
        </ui::Card>
    }
}

/// Letting support in without being asked.
#[component]
pub fn Offer(org: String, policy: SupportPolicy) -> impl IntoView {
    let texts = &messages::current().support.org;
    if policy == SupportPolicy::Never {
        return view! { <ui::Card title=texts.offer_title><p class="muted">{texts.offer_never}</p></ui::Card> }
            .into_any();
    }
    let form = FormState::of::<OfferSupport>();
    view! {
        <ui::Card title=texts.offer_title description=texts.offer_text>
            <form class="form form-wide" method="post" action=OfferSupport::PATH data-pending="">
                <ui::FormErrorSummary
                    title=messages::current().errors.summary_title
                    errors=form.summary()
                />
                <input type="hidden" name="org" value=org/>
                <AskedFields form=form/>
                <div class="form-actions">
                    <ui::Button>{texts.offer}</ui::Button>
                </div>
            </form>
        </ui::Card>
    }
    .into_any()
}

/// What holds for everybody who will ask.
#[component]
pub fn Policy(org: String, policy: SupportPolicy) -> impl IntoView {
    let texts = &messages::current().support.org;
    let options = SupportPolicy::ALL
        .iter()
        .map(|policy| {
            let (name, hint) = (texts.policy)(*policy);
            ui::RadioOption::new(policy.key(), name).hint(hint)
        })
        .collect();
    view! {
        <ui::Card title=texts.policy_title description=texts.policy_text>
            <form class="form form-wide" method="post" action=SetSupportPolicy::PATH data-pending="">
                <input type="hidden" name="org" value=org/>
                <ui::RadioGroup
                    name="policy"
                    legend=texts.policy_title
                    options=options
                    selected=policy.key()
                    cards=true
                    required=true
                />
                <div class="form-actions">
                    <ui::Button variant=ui::ButtonVariant::Secondary>{texts.policy_save}</ui::Button>
                </div>
            </form>
        </ui::Card>
    }
}
