//! Where a plan stands in the way: what it includes, and the way on. Who sees to the bills is led to the plans, everybody else
//! to somebody who does.

use contract::{
    Error,
    billing::{Access, BillingState, Feature},
    error::Limit,
    iam::Permission,
    tenant::Organization,
};
use leptos::prelude::*;

use crate::{
    frame::billing::{billing_path, may_choose, plans_path},
    messages,
};

/// What stands in the way of changing anything in an active organization at this moment, if its plan or its bills do.
pub fn in_the_way(organization: &Organization) -> Option<Error> {
    let state = organization.billing.state;
    if state.access() == Access::ReadOnly {
        Some(Error::PaymentRequired { state })
    } else {
        organization.paused.then_some(Error::PausedByPlan {
            limit: Limit::of(organization.member_type),
        })
    }
}

/// What was refused because of the plan, or would be.
#[component]
pub fn UpgradePrompt(
    organization: Organization,
    error: Error,
    /// It was just tried, rather than looked at.
    #[prop(optional)]
    answer: bool,
    /// Another way on than another plan.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let texts = &messages::current().standing;
    let said = (texts.refused)(&error)?;
    let slug = organization.slug.as_str();
    let may = |right| organization.permissions.contains(right);
    let other = children.map(|children| children());
    let (text, lead) = if may_choose(&organization) {
        let href = match error {
            Error::PaymentRequired {
                state: BillingState::None | BillingState::Canceled,
            }
            | Error::LimitReached { .. }
            | Error::PlanFeature { .. } => plans_path(slug),
            _ => billing_path(slug),
        };
        let label = if href.ends_with("/plans") {
            texts.see_plans
        } else {
            texts.see_billing
        };
        (
            said.text,
            Some(view! { <ui::Button href=href>{label}</ui::Button> }.into_any()),
        )
    } else {
        let people = may(Permission::MembersRead)
            .then(|| view! { <ui::Link href=format!("/o/{slug}/people")>{texts.see_people}</ui::Link> }.into_any());
        (format!("{} {}", said.text, texts.ask_owner), people)
    };
    Some(view! { <ui::Prompt title=said.title text=text answer=answer>{lead} {other}</ui::Prompt> })
}

/// Something that only some plans include: its children where the organization's does, otherwise why it is not here.
#[component]
pub fn FeatureGate(organization: Organization, feature: Feature, children: ChildrenFn) -> impl IntoView {
    if organization.features.contains(&feature) {
        return children().into_any();
    }
    let texts = &messages::current().standing;
    let said = (texts.gate)(feature);
    let way_on = if may_choose(&organization) {
        let href = plans_path(organization.slug.as_str());
        view! { <ui::Link href=href>{texts.see_plans}</ui::Link> }.into_any()
    } else {
        texts.ask_owner.into_any()
    };
    view! {
        <p class="gate"><ui::Icon name=ui::IconName::Lock size=ui::IconSize::Small/> <span>{said.title} ". " {way_on}</span></p>
    }
    .into_any()
}
