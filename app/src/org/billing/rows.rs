//! Bills as their reader sees them: moments and amounts in the reader's own language and zone.

use contract::billing::{
    self, BillingStanding, ChangePreview, CheckoutState, PlanChoices, PlanName, PriceChoice, Purchase, SeatRange,
};
use domain::{
    actor::OrgActor,
    billing::{
        adjustments::Adjustment, change::Terms, choices::Choices, confirm::State, overview, overview::Overview,
        preview::Preview,
    },
};

use crate::format::Formatter;

pub fn overview(actor: &OrgActor, found: Overview) -> billing::BillingOverview {
    let format = Formatter::from(actor.user().person());
    let plan = &actor.tenant().plan;
    let effective = plan.effective;
    billing::BillingOverview {
        standing: BillingStanding {
            state: effective.state,
            pill: effective.pill,
            banner: effective.banner,
            days_left: effective.days_left,
            until: effective.until.map(|until| format.moment(until)),
        },
        plan: PlanName {
            key: plan.key.clone(),
            name: plan.name.clone(),
        },
        features: plan.features.clone(),
        limits: found.limits.to_vec(),
        pauses: found.pauses_at.map(|at| format.moment(at)),
        subscription: found
            .subscription
            .map(|subscribed| subscription(format, subscribed, found.seats_used)),
        adjusted: found.adjusted.map(|adjusted| billing::Adjusted {
            plan: adjusted.plan,
            complimentary: adjusted.complimentary,
            until: adjusted.until.map(|until| format.moment(until)),
        }),
        adjustments: found
            .adjustments
            .into_iter()
            .map(|done| adjustment(format, done))
            .collect(),
        invoices: found
            .invoices
            .into_iter()
            .map(|invoice| self::invoice(format, invoice))
            .collect(),
        payments: found.payments,
        may: found.may,
    }
}

fn subscription(format: Formatter, found: overview::Subscribed, seats_used: u32) -> billing::SubscriptionView {
    let held = found.held;
    billing::SubscriptionView {
        plan: found.plan,
        interval: held.interval,
        seats: held.seats,
        seats_used,
        next_charge: found.next_charge.map(|(amount, at)| billing::NextCharge {
            amount: format.money(amount, &held.currency),
            at: format.moment(at),
        }),
        owed: found.owed.map(|owed| billing::Owed {
            amount: format.money(owed.amount, &held.currency),
            next_attempt: owed.next_attempt.map(|at| format.moment(at)),
        }),
        pending: found.pending.map(|pending| billing::PendingChange {
            plan: pending.plan,
            interval: pending.interval,
            seats: pending.seats,
            applies: format.moment(pending.applies_at),
        }),
        period_ends: held.period_end.map(|end| format.moment(end)),
        ends: held.ends().or(held.ended_at).map(|end| format.moment(end)),
        ended: found.ended,
        past_due_since: held.past_due_at.map(|since| format.moment(since)),
    }
}

pub fn adjustment(format: Formatter, found: Adjustment) -> billing::Adjustment {
    billing::Adjustment {
        kind: found.kind,
        plan: found.plan,
        seats: found.seats,
        until: found.expires_at.map(|at| format.moment(at)),
        at: format.moment(found.adjusted_at),
    }
}

pub fn invoice(format: Formatter, found: overview::Invoice) -> billing::Invoice {
    billing::Invoice {
        has_document: !matches!(
            found.status,
            billing::InvoiceStatus::Open | billing::InvoiceStatus::Void
        ),
        id: found.id,
        number: found.number,
        at: format.moment(found.at),
        total: format.money(found.total, &found.currency),
        status: found.status,
    }
}

pub fn choices(actor: &OrgActor, found: Choices) -> PlanChoices {
    let format = Formatter::from(actor.user().person());
    let current = found.held.as_ref().zip(found.held_plan).and_then(|(held, plan)| {
        Some(Purchase {
            plan,
            interval: held.interval?,
            seats: held.seats,
        })
    });
    let plans = found.plans.into_iter().map(|choice| billing::PlanChoice {
        plan: choice.plan,
        limits: choice.limits,
        features: choice.features,
        prices: choice
            .prices
            .into_iter()
            .map(|price| PriceChoice {
                interval: price.interval,
                seat: format.money(price.seat_amount, &price.currency),
                current: price.current,
            })
            .collect(),
        current: choice.current,
        seats: SeatRange {
            min: choice.seats.min,
            max: choice.seats.max,
        },
        exceeded: choice.exceeded,
    });
    PlanChoices {
        plans: plans.collect(),
        current,
        seats_used: found.seats_used,
        closed: found.closed,
    }
}

pub fn preview(actor: &OrgActor, found: Preview) -> ChangePreview {
    let format = Formatter::from(actor.user().person());
    let purchase = |plan: PlanName, terms: Terms| Purchase {
        plan,
        interval: terms.interval,
        seats: terms.seats,
    };
    let quote = found.quote;
    ChangePreview {
        from: purchase(found.from_plan, found.from),
        to: purchase(found.to_plan, found.to),
        timing: quote.timing,
        today: format.money(quote.today, &found.currency),
        renewal: format.money(quote.renewal, &found.currency),
        effective: format.moment(quote.effective),
        renews: quote.renews.map(|at| format.moment(at)),
        pauses: found
            .pauses
            .into_iter()
            .map(|pausing| billing::Pausing {
                limit: pausing.limit,
                used: pausing.used,
                allowed: pausing.allowed,
                paused: pausing.paused,
                names: pausing.names,
            })
            .collect(),
        without_room: found.without_room,
        discounted: found.discounted,
        keep: keepable(found.keepable),
        replaces_pending: found.replaces_pending,
        version: found.version,
    }
}

pub fn state(found: State) -> CheckoutState {
    match found {
        State::Confirming => CheckoutState::Confirming,
        State::Active { plan, seats } => CheckoutState::Active { plan, seats },
        State::Open { url } => CheckoutState::Open { url },
        State::Expired => CheckoutState::Expired,
    }
}

pub fn keepable(found: domain::billing::keep::Keepable) -> billing::KeepChoices {
    billing::KeepChoices {
        projects: found.projects.map(keep_list),
        members: found.members.map(keep_list),
        guests: found.guests.map(keep_list),
    }
}

fn keep_list<Id>(found: domain::billing::keep::Choices<Id>) -> billing::KeepList<Id> {
    let choices = found.choices.into_iter().map(|choice| billing::KeepChoice {
        id: choice.id,
        name: choice.name,
        in_use: choice.in_use,
        stays: choice.stays,
        fixed: choice.fixed,
    });
    billing::KeepList {
        allowed: found.allowed,
        choices: choices.collect(),
    }
}
