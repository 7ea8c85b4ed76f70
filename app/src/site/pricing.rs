//! `/pricing`: what is sold, from the catalogue. The same for everybody.

use contract::{
    billing::{BillingInterval, Feature, PublicPlan, SeatPrice},
    error::Limit,
};
use domain::billing::catalogue::public::public_plans;
use leptos::prelude::*;

use crate::{
    format::Formatter,
    frame::site::{Place, SitePage},
    messages,
    page::{self, PageTitle},
    session,
};

/// The limits of a plan, in the order in which they are shown.
pub const LIMITS: [Limit; 3] = [Limit::Projects, Limit::Members, Limit::Guests];

#[component]
pub fn PricingPage() -> impl IntoView {
    page::load(async {
        let plans = public_plans(&session::deps()?).await?;
        let asked = page::query("interval").and_then(|key| BillingInterval::from_key(&key));
        let interval = asked.unwrap_or(BillingInterval::Month);
        Ok(view! { <Pricing plans=plans interval=interval/> }.into_any())
    })
}

#[component]
fn Pricing(plans: Vec<PublicPlan>, interval: BillingInterval) -> impl IntoView {
    let texts = &messages::current().pricing;
    let offers = if plans.is_empty() {
        view! {
            <ui::EmptyState title=texts.empty_title text=texts.empty_text icon=ui::IconName::Info>
                <ui::Button href="/sign-up">{texts.start}</ui::Button>
            </ui::EmptyState>
        }
        .into_any()
    } else {
        let cards = plans
            .iter()
            .map(|plan| view! { <Offer plan=plan.clone() interval=interval/> })
            .collect_view();
        view! {
            <Switch plans=plans.clone() interval=interval/>
            <h2 class="visually-hidden">{texts.plans}</h2>
            <ul class="offers">{cards}</ul>
        }
        .into_any()
    };
    let comparison = (!plans.is_empty()).then(|| view! { <Comparison plans=plans/> });
    view! {
        <PageTitle text=texts.title/>
        <SitePage place=Place::Pricing>
            <section class="hero pricing-hero">
                <div class="site-width">
                    <h1 class="hero-title">{texts.headline}</h1>
                    <p class="hero-text">{texts.lead}</p>
                    {offers}
                </div>
            </section>
            {comparison}
            <Questions/>
        </SitePage>
    }
}

/// Monthly or yearly, each with its own address.
#[component]
fn Switch(plans: Vec<PublicPlan>, interval: BillingInterval) -> impl IntoView {
    let texts = &messages::current().pricing;
    let percent = plans
        .iter()
        .filter_map(saving_percent)
        .min()
        .filter(|percent| *percent > 0);
    let segments = BillingInterval::ALL
        .iter()
        .map(|&to| {
            let href = match to {
                BillingInterval::Month => "/pricing".to_owned(),
                BillingInterval::Year => format!("/pricing?interval={}", to.key()),
            };
            let segment = ui::Segment::new((texts.interval)(to), href, to == interval);
            match percent {
                Some(percent) if to == BillingInterval::Year => segment.note((texts.saving)(percent)),
                _ => segment,
            }
        })
        .collect::<Vec<_>>();
    view! { <ui::Segments label=texts.switch segments=segments/> }
}

#[component]
fn Offer(plan: PublicPlan, interval: BillingInterval) -> impl IntoView {
    let texts = &messages::current().pricing;
    let limits = LIMITS.map(|limit| {
        let text = (texts.allows)(limit, plan.limits.of(limit));
        view! { <li><ui::Icon name=ui::IconName::Check size=ui::IconSize::Small/>{text}</li> }
    });
    let features = plan
        .features
        .iter()
        .map(|feature| {
            let text = (texts.feature)(*feature);
            view! { <li><ui::Icon name=ui::IconName::Check size=ui::IconSize::Small/>{text}</li> }
        })
        .collect_view();
    // Who is signed in already is led on from there.
    let chosen = format!("/choose-plan?plan={}&interval={}", plan.key, interval.key());
    let choose = page::with_query("/sign-up", "next", &chosen);
    view! {
        <li class="offer">
            <h3 class="offer-name">{plan.name.clone()}</h3>
            <Price plan=plan.clone() interval=interval/>
            <ui::Button href=choose variant=ui::ButtonVariant::Secondary wide=true>
                {(texts.choose)(&plan.name)}
            </ui::Button>
            <ul class="offer-list">{limits.into_iter().collect_view()} {features}</ul>
        </li>
    }
}

/// What a seat costs, and how that compares with paying otherwise.
#[component]
fn Price(plan: PublicPlan, interval: BillingInterval) -> impl IntoView {
    let texts = &messages::current().pricing;
    let formatter = Formatter::for_strangers();
    // A plan that is sold in one way only is shown with the price it has.
    let Some(price) = price_for(&plan, interval).or_else(|| plan.prices.first().cloned()) else {
        return ().into_any();
    };
    let tag = |amount| formatter.price(amount, &price.currency);
    let note = match price.interval {
        BillingInterval::Year => {
            let a_month = (texts.a_month)(&tag(price.amount / 12));
            match saving(&plan) {
                Some(saved) => format!("{a_month}, {}", (texts.saves)(&tag(saved))),
                None => a_month,
            }
        }
        BillingInterval::Month => price_for(&plan, BillingInterval::Year)
            .map(|year| (texts.other_interval)(&tag(year.amount), BillingInterval::Year))
            .unwrap_or_default(),
    };
    view! {
        <p class="offer-price">
            <strong>{tag(price.amount)}</strong> <span>{(texts.per_seat)(price.interval)}</span>
        </p>
        <p class="offer-note">{note}</p>
    }
    .into_any()
}

#[component]
fn Comparison(plans: Vec<PublicPlan>) -> impl IntoView {
    let texts = &messages::current().pricing;
    let columns = std::iter::once(ui::Column::new(texts.what))
        .chain(plans.iter().map(|plan| ui::Column::new(plan.name.clone())))
        .collect::<Vec<_>>();
    let row = |what: &'static str, cell: &dyn Fn(&PublicPlan) -> AnyView| {
        let cells = plans
            .iter()
            .map(|plan| {
                let content = cell(plan);
                view! { <ui::TableCell label=plan.name.clone()>{content}</ui::TableCell> }
            })
            .collect_view();
        view! {
            <ui::TableRow>
                <ui::TableCell main=true>{what}</ui::TableCell>
                {cells}
            </ui::TableRow>
        }
    };
    let limits = LIMITS.map(|limit| {
        row((texts.limit)(limit), &|plan| {
            plan.limits
                .of(limit)
                .map_or_else(|| texts.unlimited.to_owned(), |allowed| allowed.to_string())
                .into_any()
        })
    });
    let features = Feature::ALL
        .iter()
        .map(|feature| row((texts.feature)(*feature), &|plan| mark(plan.features.contains(feature))))
        .collect_view();
    let always = texts.in_every_plan.map(|what| row(what, &|_| mark(true)));
    view! {
        <section class="site-section">
            <div class="site-width">
                <h2 class="section-title">{texts.compare}</h2>
                <p class="section-text">{texts.compare_text}</p>
                <div class="comparison">
                    <ui::Card flush=true>
                        <ui::Table caption=texts.compare columns=columns>
                            {limits.into_iter().collect_view()} {features} {always.into_iter().collect_view()}
                        </ui::Table>
                    </ui::Card>
                </div>
            </div>
        </section>
    }
}

fn mark(included: bool) -> AnyView {
    let texts = &messages::current().pricing;
    if included {
        view! { <span class="mark-in"><ui::Icon name=ui::IconName::Check label=texts.included/></span> }.into_any()
    } else {
        view! { <span class="muted"><ui::Icon name=ui::IconName::Minus label=texts.not_included/></span> }.into_any()
    }
}

#[component]
fn Questions() -> impl IntoView {
    let texts = &messages::current().pricing;
    let answers = texts
        .answers
        .iter()
        .map(|(question, answer)| view! { <div><dt>{*question}</dt><dd>{*answer}</dd></div> })
        .collect_view();
    view! {
        <section class="site-section">
            <div class="site-width">
                <h2 class="section-title">{texts.questions}</h2>
                <dl class="answers">{answers}</dl>
                <div class="hero-actions">
                    <ui::Button href="/sign-up" size=ui::ButtonSize::Large>{texts.start}</ui::Button>
                </div>
            </div>
        </section>
    }
}

/// In the currency that comes first, so that all of a plan is told in one.
fn price_for(plan: &PublicPlan, interval: BillingInterval) -> Option<SeatPrice> {
    let currency = &plan.prices.first()?.currency;
    plan.prices
        .iter()
        .find(|price| price.interval == interval && price.currency == *currency)
        .cloned()
}

/// How much less a year costs than twelve months, if it does.
fn saving(plan: &PublicPlan) -> Option<i64> {
    let [month, year] = [BillingInterval::Month, BillingInterval::Year].map(|interval| price_for(plan, interval));
    let saved = month?.amount * 12 - year?.amount;
    (saved > 0).then_some(saved)
}

/// The same in per cent of twelve months, rounded down.
fn saving_percent(plan: &PublicPlan) -> Option<u32> {
    let year = price_for(plan, BillingInterval::Month)?.amount * 12;
    u32::try_from(saving(plan).unwrap_or_default() * 100 / year).ok()
}

#[cfg(test)]
mod tests {
    use contract::billing::PlanLimits;

    use super::*;

    fn plan(prices: &[(BillingInterval, i64, &str)]) -> PublicPlan {
        PublicPlan {
            key: "team".to_owned(),
            name: "Team".to_owned(),
            limits: PlanLimits::default(),
            features: Vec::new(),
            prices: prices
                .iter()
                .map(|(interval, amount, currency)| SeatPrice {
                    interval: *interval,
                    amount: *amount,
                    currency: (*currency).to_owned(),
                })
                .collect(),
        }
    }

    #[test]
    fn a_year_is_compared_with_twelve_months_of_the_same_currency() {
        use BillingInterval::{Month, Year};

        let cheaper = plan(&[(Month, 900, "usd"), (Year, 9_000, "usd")]);
        assert_eq!((saving(&cheaper), saving_percent(&cheaper)), (Some(1_800), Some(16)));
        let dearer = plan(&[(Month, 900, "usd"), (Year, 12_000, "usd")]);
        assert_eq!((saving(&dearer), saving_percent(&dearer)), (None, Some(0)));
        let mixed = plan(&[(Month, 900, "usd"), (Year, 100, "eur")]);
        assert_eq!(saving(&mixed), None);
        assert_eq!(saving(&plan(&[(Year, 9_000, "usd")])), None);
    }
}
