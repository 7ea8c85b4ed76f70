//! What the plan allows, how much of it is in use, and how many seats are paid for.

use contract::billing::{BillingOverview, Feature, LimitUse, SubscriptionView};
use leptos::prelude::*;

use crate::{frame::billing::billing_path, messages};

/// The seats that are paid for. Before anything was bought there are none, and the limits say how many there can be.
#[component]
pub fn Seats(slug: String, overview: BillingOverview) -> impl IntoView {
    let texts = &messages::current().billing;
    let subscription = overview.subscription.filter(|subscription| !subscription.ended)?;
    let (used, seats) = (subscription.seats_used, subscription.seats);
    let hint = match seats.checked_sub(used) {
        Some(free) => (texts.seats_free)(free),
        None => (texts.seats_over)(used - seats),
    };
    let form = overview
        .may
        .seats
        .then(|| view! { <SeatForm slug=slug subscription=subscription/> });
    Some(view! {
        <ui::Card title=texts.seats description=texts.seats_text>
            <div class="stack">
                <ui::Meter
                    label=texts.seats
                    value=u64::from(used)
                    max=u64::from(seats)
                    text=(texts.seats_used)(used, seats)
                    hint=hint
                />
                {form}
            </div>
        </ui::Card>
    })
}

/// Leads to the preview of another number of seats.
#[component]
fn SeatForm(slug: String, subscription: SubscriptionView) -> impl IntoView {
    let texts = &messages::current().billing;
    let (plan, interval) = subscription.plan.zip(subscription.interval)?;
    Some(view! {
        <form class="billing-seats" method="get" action=format!("{}/change", billing_path(&slug))>
            <input type="hidden" name="plan" value=plan.key/>
            <input type="hidden" name="interval" value=interval.key()/>
            <ui::TextInput
                name="seats"
                label=texts.seats_new
                kind=ui::InputKind::Number
                value=subscription.seats.to_string()
                autocomplete="off"
                required=true
            />
            <ui::Button variant=ui::ButtonVariant::Secondary>{texts.seats_preview}</ui::Button>
        </form>
    })
}

#[component]
pub fn Limits(overview: BillingOverview) -> impl IntoView {
    let texts = &messages::current().billing;
    let meters = overview.limits.iter().copied().map(limit).collect_view();
    view! {
        <ui::Card title=texts.limits description=(texts.limits_text)(&overview.plan.name)>
            <div class="billing-limits">{meters}</div>
            <Features features=overview.features/>
        </ui::Card>
    }
}

fn limit(use_: LimitUse) -> AnyView {
    let texts = &messages::current().billing;
    let label = (messages::current().pricing.limit)(use_.limit);
    match use_.allowed {
        Some(allowed) => view! {
            <ui::Meter
                label=label
                value=u64::from(use_.used)
                max=u64::from(allowed)
                text=(texts.used_of)(use_.used, allowed)
                hint=(texts.headroom)(use_.limit, use_.used, allowed)
            />
        }
        .into_any(),
        None => view! {
            <p class="meter-head"><span class="meter-label">{label}</span> <span class="meter-text">{(texts.used)(use_.used)}</span></p>
        }
        .into_any(),
    }
}

/// What not every plan has; nothing where the plan has none of it.
#[component]
fn Features(features: Vec<Feature>) -> impl IntoView {
    let texts = &messages::current().billing;
    (!features.is_empty()).then(|| {
        let rows = features
            .into_iter()
            .map(|feature| {
                let name = (messages::current().pricing.feature)(feature);
                view! { <li class="row"><ui::Icon name=ui::IconName::Check size=ui::IconSize::Small/> {name}</li> }
            })
            .collect_view();
        view! {
            <h3 class="billing-features">{texts.features}</h3>
            <ul class="stack">{rows}</ul>
        }
    })
}
