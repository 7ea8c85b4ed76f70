//! `/o/{org}/settings/billing/plans`: the plans that can be chosen. Interval and seats are in the address, and every price is
//! worked out for them.

use contract::{
    Error,
    billing::{BillingInterval, Closed, PlanChoice, PlanChoices, PriceChoice},
    iam::Permission,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{plan_choices::plan_choices, start_checkout::StartCheckout};
use crate::{
    format::Formatter,
    frame::{
        billing::{billing_path, plans_path},
        org::billing_page,
    },
    messages,
    org::{
        post_form::HiddenFields,
        refusal::{self, Refusals},
    },
    page::{self, PageTitle},
    session,
    site::pricing::LIMITS,
};

/// What the address asks for.
#[derive(Debug, Clone)]
struct Asked {
    slug: String,
    interval: BillingInterval,
    seats: u32,
    /// The plan that was chosen elsewhere.
    plan: Option<String>,
}

impl Asked {
    fn of(slug: String, choices: &PlanChoices) -> Self {
        let current = choices.current.as_ref();
        let interval = page::query("interval")
            .and_then(|key| BillingInterval::from_key(&key))
            .or_else(|| current.map(|current| current.interval))
            .unwrap_or(BillingInterval::Month);
        let usual = current.map_or(choices.seats_used, |current| current.seats);
        let seats = page::query("seats")
            .and_then(|seats| seats.trim().parse().ok())
            .unwrap_or(usual);
        Self {
            slug,
            interval,
            seats: seats.max(1),
            plan: page::query("plan"),
        }
    }

    fn path(&self, interval: BillingInterval) -> String {
        let mut pairs = url::form_urlencoded::Serializer::new(String::new());
        pairs.append_pair("interval", interval.key());
        pairs.append_pair("seats", &self.seats.to_string());
        if let Some(plan) = &self.plan {
            pairs.append_pair("plan", plan);
        }
        format!("{}?{}", plans_path(&self.slug), pairs.finish())
    }
}

#[component]
pub fn PlansPage() -> impl IntoView {
    billing_page(|organization| async move {
        if !organization.permissions.contains(Permission::BillingRead) {
            return Err(Error::Forbidden);
        }
        let slug = organization.slug.to_string();
        let choices = plan_choices(slug.clone()).await?;
        let formatter = Formatter::from(session::user().await?.person());
        let asked = Asked::of(slug.clone(), &choices);
        let texts = &messages::current().purchase.plans;
        let billing = messages::current().billing.title;
        let crumbs = vec![
            ui::Crumb::link(billing, billing_path(&slug)),
            ui::Crumb::here(texts.title),
        ];
        let breadcrumb = view! { <ui::Breadcrumb label=messages::current().frame.breadcrumb crumbs=crumbs/> };
        let refusals = refusal::of::<StartCheckout>();
        let back = billing_path(&slug);
        let plans = if choices.plans.is_empty() {
            view! {
                <ui::EmptyState title=texts.empty_title text=texts.empty_text icon=ui::IconName::Layers>
                    <ui::Button href=back variant=ui::ButtonVariant::Secondary>{texts.back}</ui::Button>
                </ui::EmptyState>
            }
            .into_any()
        } else {
            view! { <Plans asked=asked choices=choices.clone() formatter=formatter/> }.into_any()
        };
        Ok(view! {
            <PageTitle text=texts.title/>
            <ui::PageHeader title=texts.title description=texts.description breadcrumb=breadcrumb.into_any()/>
            <Refusals errors=refusals/>
            {choices.closed.map(|closed| view! { <Why slug=slug closed=closed/> })}
            {plans}
        }
        .into_any())
    })
}

/// Why nothing can be chosen, and the way to where that changes.
#[component]
fn Why(slug: String, closed: Closed) -> impl IntoView {
    let texts = &messages::current().purchase.plans;
    let (title, text) = (texts.closed)(closed);
    let (tone, leads) = match closed {
        Closed::NotSetUp | Closed::Foreign | Closed::NotYours => (ui::Tone::Info, false),
        Closed::Canceling | Closed::PastDue | Closed::Paused => (ui::Tone::Warning, true),
    };
    let action = leads.then(|| {
        view! {
            <ui::Button
                href=billing_path(&slug)
                size=ui::ButtonSize::Small
                variant=ui::ButtonVariant::Secondary
            >
                {texts.back}
            </ui::Button>
        }
        .into_any()
    });
    view! { <ui::Banner tone=tone title=title action=action.into_any()>{text}</ui::Banner> }
}

#[component]
fn Plans(asked: Asked, choices: PlanChoices, formatter: Formatter) -> impl IntoView {
    let texts = &messages::current().purchase.plans;
    let pricing = &messages::current().pricing;
    let segments = BillingInterval::ALL
        .iter()
        .map(|&to| ui::Segment::new((pricing.interval)(to), asked.path(to), to == asked.interval))
        .collect::<Vec<_>>();
    let open = choices.closed.is_none();
    let changes = choices.current.is_some();
    let cards = choices
        .plans
        .iter()
        .map(|plan| {
            let offer = Offer {
                asked: asked.clone(),
                plan: plan.clone(),
                open,
                changes,
                same_seats: choices
                    .current
                    .as_ref()
                    .is_some_and(|current| current.seats == asked.seats),
                formatter,
            };
            view! { <OfferCard offer=offer/> }
        })
        .collect_view();
    let chosen = asked
        .plan
        .clone()
        .map(|plan| view! { <input type="hidden" name="plan" value=plan/> });
    view! {
        <div class="plans-head">
            <ui::Segments label=pricing.switch segments=segments/>
            <form class="billing-seats" method="get" action=plans_path(&asked.slug)>
                <input type="hidden" name="interval" value=asked.interval.key()/>
                {chosen}
                <ui::TextInput
                    name="seats"
                    label=texts.seats
                    note=(texts.seats_used)(choices.seats_used)
                    kind=ui::InputKind::Number
                    value=asked.seats.to_string()
                    autocomplete="off"
                    required=true
                />
                <ui::Button variant=ui::ButtonVariant::Secondary>{texts.update}</ui::Button>
            </form>
        </div>
        <ul class="offers offers-app">{cards}</ul>
        <p class="small muted">{texts.before_tax}</p>
    }
}

/// A plan at what the address asks for.
#[derive(Debug, Clone)]
struct Offer {
    asked: Asked,
    plan: PlanChoice,
    /// Whether anything can be chosen.
    open: bool,
    /// It would be a change of what is paid for.
    changes: bool,
    same_seats: bool,
    formatter: Formatter,
}

impl Offer {
    fn price(&self) -> Option<&PriceChoice> {
        self.plan
            .prices
            .iter()
            .find(|price| price.interval == self.asked.interval)
    }

    /// Never fewer than are in use. Of a plan that has fewer than are paid for, all that it has: both change in one step.
    fn seats(&self) -> u32 {
        let seats = self.asked.seats.max(self.plan.seats.min);
        if self.changes {
            seats.min(self.plan.seats.max)
        } else {
            seats
        }
    }

    fn fits(&self) -> bool {
        self.seats() <= self.plan.seats.max
    }

    /// Where somebody came from with a plan in mind.
    fn is_chosen(&self) -> bool {
        self.asked.plan.as_ref() == Some(&self.plan.plan.key)
    }

    fn is_what_there_is(&self) -> bool {
        self.plan.current && self.same_seats && self.price().is_some_and(|price| price.current)
    }
}

#[component]
fn OfferCard(offer: Offer) -> impl IntoView {
    let texts = &messages::current().purchase.plans;
    let pricing = &messages::current().pricing;
    let plan = offer.plan.clone();
    let check = |text: String| view! { <li><ui::Icon name=ui::IconName::Check size=ui::IconSize::Small/>{text}</li> };
    let limits = LIMITS
        .iter()
        .map(|&limit| check((pricing.allows)(limit, plan.limits.of(limit))))
        .collect_view();
    let features = plan
        .features
        .iter()
        .map(|&feature| check((pricing.feature)(feature).to_owned()))
        .collect_view();
    let exceeded = plan
        .exceeded
        .iter()
        .map(|exceeded| {
            let text = (texts.exceeded)(exceeded);
            view! {
                <li class="offer-warning tone-warning">
                    <ui::Icon name=ui::IconName::Warning size=ui::IconSize::Small/>
                    {text}
                </li>
            }
        })
        .collect_view();
    let badge = plan
        .current
        .then(|| view! { <ui::Badge tone=ui::Tone::Accent>{texts.current}</ui::Badge> });
    let chosen = offer.is_chosen() || (offer.asked.plan.is_none() && plan.current);
    view! {
        <li class="offer" class:offer-chosen=chosen>
            <h2 class="offer-name">{plan.plan.name.clone()} " " {badge}</h2>
            <Price offer=offer.clone()/>
            <div class="offer-action"><Choose offer=offer/></div>
            <ul class="offer-list">{exceeded} {limits} {features}</ul>
        </li>
    }
}

#[component]
fn Price(offer: Offer) -> impl IntoView {
    let texts = &messages::current().purchase.plans;
    let pricing = &messages::current().pricing;
    let Some(price) = offer.price() else {
        return view! { <p class="offer-note">{(texts.not_sold)(offer.asked.interval)}</p> }.into_any();
    };
    let tag = offer.formatter.price(price.seat.amount, &price.seat.currency);
    let total = offer.formatter.money(
        price.seat.amount.saturating_mul(i64::from(offer.seats())),
        &price.seat.currency,
    );
    let total = (texts.total)(&total.text, offer.seats(), price.interval);
    let most = (texts.too_many)(offer.plan.seats.max);
    let note = match (offer.fits(), offer.asked.seats > offer.plan.seats.max) {
        (true, false) => total,
        (true, true) => format!("{total}. {most}"),
        (false, _) => most,
    };
    view! {
        <p class="offer-price"><strong>{tag}</strong> <span>{(pricing.per_seat)(price.interval)}</span></p>
        <p class="offer-note">{note}</p>
    }
    .into_any()
}

/// To the pay page, or to what a change comes to. Nothing where there is nothing to choose.
#[component]
fn Choose(offer: Offer) -> impl IntoView {
    let texts = &messages::current().purchase.plans;
    if !offer.open || !offer.fits() || offer.price().is_none() || offer.is_what_there_is() {
        return ().into_any();
    }
    let (slug, interval, seats) = (offer.asked.slug.clone(), offer.asked.interval.key(), offer.seats());
    let variant = if offer.is_chosen() {
        ui::ButtonVariant::Primary
    } else {
        ui::ButtonVariant::Secondary
    };
    let plan = offer.plan.plan;
    if offer.changes {
        let href = format!(
            "{}/change?plan={}&interval={interval}&seats={seats}",
            billing_path(&slug),
            plan.key
        );
        let label = (texts.change_to)(&plan.name);
        return view! { <ui::Button href=href variant=variant wide=true>{label}</ui::Button> }.into_any();
    }
    let fields = vec![
        ("org", slug),
        ("plan", plan.key),
        ("interval", interval.to_owned()),
        ("seats", seats.to_string()),
    ];
    view! {
        <form method="post" action=StartCheckout::PATH data-pending="">
            <HiddenFields fields=fields/>
            <ui::Button variant=variant wide=true>{(texts.choose)(&plan.name)}</ui::Button>
        </form>
    }
    .into_any()
}
