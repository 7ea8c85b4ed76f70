//! `/o/{org}/settings/billing`: how the organization stands with its bills.

use contract::{
    Error,
    billing::{Adjustment, BillingOverview, BillingState, Portal},
    iam::Permission,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    billing_overview::billing_overview,
    drop_change::DropChange,
    facts_cards::{Limits, Seats},
    invoices_card::Invoices,
    open_invoice::OpenInvoice,
    open_portal::OpenPortal,
    undo_cancel::UndoCancel,
};
use crate::{
    frame::{
        billing::{billing_path, billing_tone, plans_path},
        org::billing_page,
    },
    messages,
    org::{
        post_form::PostForm,
        refusal::{self, Refusals},
    },
    page::PageTitle,
    session,
};

#[component]
pub fn BillingPage() -> impl IntoView {
    billing_page(|organization| async move {
        if !organization.permissions.contains(Permission::BillingRead) {
            return Err(Error::Forbidden);
        }
        let slug = organization.slug.to_string();
        let overview = billing_overview(slug.clone()).await?;
        let now = crate::format::Formatter::for_strangers().moment(session::deps()?.now());
        let paused_already = overview.pauses.as_ref().is_some_and(|pauses| pauses.iso <= now.iso);
        let texts = &messages::current().billing;
        let refusals = [
            refusal::of::<UndoCancel>(),
            refusal::of::<DropChange>(),
            refusal::of::<OpenPortal>(),
            refusal::of::<OpenInvoice>(),
        ]
        .concat();
        let not_set_up = (!overview.payments.set_up)
            .then(|| view! { <ui::Banner tone=ui::Tone::Info>{texts.not_set_up}</ui::Banner> });
        Ok(view! {
            <PageTitle text=texts.title/>
            <ui::PageHeader title=texts.title description=texts.description/>
            <Refusals errors=refusals/>
            {not_set_up}
            <TooMuch slug=slug.clone() overview=overview.clone() paused_already=paused_already/>
            <Summary slug=slug.clone() overview=overview.clone()/>
            <div class="billing-columns">
                <Seats slug=slug.clone() overview=overview.clone()/>
                <Limits overview=overview.clone()/>
            </div>
            <Invoices slug=slug.clone() invoices=overview.invoices.clone()/>
            <End slug=slug overview=overview/>
        }
        .into_any())
    })
}

/// More in use than the plan includes: until when that goes on, and the way to choose what stays.
#[component]
fn TooMuch(slug: String, overview: BillingOverview, paused_already: bool) -> impl IntoView {
    let texts = &messages::current().billing;
    let pauses = overview.pauses?;
    let text = if paused_already {
        texts.over_now.to_owned()
    } else {
        (texts.over_until)(&pauses.text)
    };
    let keep = overview.may.keep.then(|| {
        let href = format!("{}/keep", billing_path(&slug));
        view! { <ui::Button href=href variant=ui::ButtonVariant::Secondary>{texts.keep}</ui::Button> }
    });
    Some(view! { <ui::Prompt title=texts.over_title text=text>{keep}</ui::Prompt> })
}

/// The state, one sentence, the next charge and what to do: all that most people come for.
#[component]
fn Summary(slug: String, overview: BillingOverview) -> impl IntoView {
    let texts = &messages::current().billing;
    let standing = &messages::current().standing;
    let state = overview.standing.state;
    // What is given free of charge is said by the sentence, and what was given lately by a line of its own.
    let lately = |plan: &str| {
        let given = |done: &Adjustment| done.plan.as_ref().is_some_and(|given| given.key == plan);
        overview.adjustments.iter().any(given)
    };
    let adjusted = overview
        .adjusted
        .as_ref()
        .filter(|adjusted| !adjusted.complimentary && !lately(&adjusted.plan.key))
        .map(|adjusted| {
            let until = adjusted.until.as_ref().map(|until| until.text.as_str());
            let text = (texts.adjusted)(&adjusted.plan.name, until);
            view! { <p class="muted">{text}</p> }
        });
    let adjustments = overview
        .adjustments
        .iter()
        .map(|done| view! { <p class="muted">{(texts.adjustment)(done)}</p> })
        .collect_view();
    let paid = overview
        .subscription
        .as_ref()
        .filter(|subscription| !subscription.ended)
        .and_then(|subscription| subscription.interval)
        .map(|interval| view! { <span class="muted">{(texts.paid)(interval)}</span> });
    let portal = view! { <PortalNote slug=slug.clone() overview=overview.clone()/> };
    view! {
        <section class="card billing-summary">
            <div class="billing-now">
                <p class="billing-plan">
                    <strong>{(texts.plan)(&overview.plan.name)}</strong>
                    <ui::Badge tone=billing_tone(state) dot=true>{(standing.state)(state)}</ui::Badge>
                    {paid}
                </p>
                <p class="billing-sentence">{(texts.sentence)(&overview)}</p>
                {adjusted}
                {adjustments}
                <Pending slug=slug.clone() overview=overview.clone()/>
                <div class="form-actions"><Primary slug=slug overview=overview.clone()/></div>
            </div>
            <div class="billing-next">
                <NextCharge overview=overview/>
                {portal}
            </div>
        </section>
    }
}

#[component]
fn NextCharge(overview: BillingOverview) -> impl IntoView {
    let texts = &messages::current().billing;
    let subscription = overview.subscription;
    let owed = subscription.as_ref().and_then(|subscription| subscription.owed.clone());
    let next = subscription.and_then(|subscription| subscription.next_charge);
    match (owed, next) {
        (Some(owed), _) => {
            let when = match owed.next_attempt {
                Some(at) => (texts.owed_again_on)(&at.text),
                None => texts.owed_unpaid.to_owned(),
            };
            view! { <ui::Stat label=texts.owed value=owed.amount.text change=when/> }.into_any()
        }
        (None, Some(next)) => {
            let when = format!("{} · {}", (texts.next_charge_on)(&next.at.text), texts.before_tax);
            view! { <ui::Stat label=texts.next_charge value=next.amount.text change=when/> }.into_any()
        }
        (None, None) => view! { <ui::Stat label=texts.next_charge value=texts.nothing_due/> }.into_any(),
    }
}

/// What waits for the renewal, and the way to take it back.
#[component]
fn Pending(slug: String, overview: BillingOverview) -> impl IntoView {
    let texts = &messages::current().billing;
    let pending = overview.subscription?.pending?;
    let text = (texts.pending)(&pending);
    let drop = overview.may.drop_change.then(|| {
        view! {
            <PostForm action=DropChange::PATH fields=vec![("org", slug)]>
                <ui::Button size=ui::ButtonSize::Small variant=ui::ButtonVariant::Secondary>{texts.drop_change}</ui::Button>
            </PostForm>
        }
        .into_any()
    });
    Some(view! { <ui::Banner icon=ui::IconName::Calendar action=drop.into_any()>{text}</ui::Banner> })
}

/// The one thing to do in this state, for who may do it.
#[component]
fn Primary(slug: String, overview: BillingOverview) -> impl IntoView {
    let texts = &messages::current().billing;
    let may = overview.may;
    let plans = plans_path(&slug);
    let change = || {
        view! { <ui::Button href=plans.clone() variant=ui::ButtonVariant::Secondary>{texts.change}</ui::Button> }
            .into_any()
    };
    if may.undo_cancel {
        view! {
            <PostForm action=UndoCancel::PATH fields=vec![("org", slug)]>
                <ui::Button>{texts.undo_cancel}</ui::Button>
            </PostForm>
        }
        .into_any()
    } else if is_unpaid(overview.standing.state) && may.portal {
        view! {
            <PostForm action=OpenPortal::PATH fields=vec![("org", slug)]>
                <ui::Button icon=ui::IconName::CreditCard>{texts.settle}</ui::Button>
            </PostForm>
            {may.change.then(change)}
        }
        .into_any()
    } else if may.choose {
        view! { <ui::Button href=plans>{texts.choose}</ui::Button> }.into_any()
    } else if may.change {
        view! { <ui::Button href=plans>{texts.change}</ui::Button> }.into_any()
    } else {
        view! { <ui::Button href=plans variant=ui::ButtonVariant::Secondary>{texts.see_plans}</ui::Button> }.into_any()
    }
}

fn is_unpaid(state: BillingState) -> bool {
    matches!(state, BillingState::PastDue | BillingState::Restricted)
}

/// Cards and tax details are changed at the provider's; where that is not possible, why.
#[component]
fn PortalNote(slug: String, overview: BillingOverview) -> impl IntoView {
    let texts = &messages::current().billing;
    let portal = overview.payments.portal;
    if overview.may.portal && portal == Portal::Available {
        return view! {
            <div class="billing-portal">
                <p class="small muted">{texts.portal_text}</p>
                <PostForm action=OpenPortal::PATH fields=vec![("org", slug)]>
                    <ui::Button
                        size=ui::ButtonSize::Small
                        variant=ui::ButtonVariant::Secondary
                        icon_end=ui::IconName::External
                    >
                        {texts.open_portal}
                    </ui::Button>
                </PostForm>
            </div>
        }
        .into_any();
    }
    // Where nothing is set up that is said once, over the page.
    let reason = match portal {
        Portal::Available => Some(texts.ask_manager),
        other if overview.payments.set_up => (texts.portal_reason)(other),
        _ => None,
    };
    reason
        .map(|reason| view! { <p class="small muted">{reason}</p> })
        .into_any()
}

/// The way out, at the end of the page.
#[component]
fn End(slug: String, overview: BillingOverview) -> impl IntoView {
    let texts = &messages::current().billing;
    let state = overview.standing.state;
    let is_paid = !is_unpaid(state) && state != BillingState::Paused;
    overview.may.cancel.then(|| {
        let href = format!("{}/cancel", billing_path(&slug));
        view! {
            <p class="billing-end">
                <ui::Link href=href tone=ui::LinkTone::Quiet>{texts.cancel}</ui::Link>
                {is_paid.then(|| view! { <span class="muted">{texts.cancel_text}</span> })}
            </p>
        }
    })
}
