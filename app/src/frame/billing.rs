//! How the organization stands with its bills, around its pages: the sign at the top, the banners, and what a plan stood in the
//! way of.

use contract::{
    Error,
    billing::{Access, BillingBanner, BillingState, Pill},
    iam::Permission,
    tenant::Organization,
};
use leptos::prelude::*;

use crate::{form::refusal_of_any, messages, org::upgrade::UpgradePrompt};

/// Where the bills are.
pub fn billing_path(slug: &str) -> String {
    format!("/o/{slug}/settings/billing")
}

/// Where plans are chosen.
pub fn plans_path(slug: &str) -> String {
    format!("/o/{slug}/settings/billing/plans")
}

/// Whether the page of plans is open to them, and something can be chosen there.
pub fn may_choose(organization: &Organization) -> bool {
    [Permission::BillingRead, Permission::BillingManage]
        .into_iter()
        .all(|right| organization.permissions.contains(right))
}

/// Always at the top. It leads to the bills whoever may see them.
#[component]
pub fn BillingPill(organization: Organization) -> impl IntoView {
    let texts = &messages::current().standing;
    let text = (texts.pill)(&organization.billing, &organization.plan);
    let may_see = organization.permissions.contains(Permission::BillingRead);
    let href = may_see.then(|| billing_path(organization.slug.as_str()));
    view! { <ui::Pill tone=pill_tone(organization.billing.pill) href=href>{text}</ui::Pill> }
}

fn pill_tone(pill: Pill) -> ui::Tone {
    match pill {
        Pill::Pristine => ui::Tone::Accent,
        Pill::Warning | Pill::Urgent | Pill::Canceled => ui::Tone::Warning,
        Pill::Expired | Pill::PastDue => ui::Tone::Danger,
        Pill::Paid | Pill::Complimentary | Pill::Paused => ui::Tone::Neutral,
    }
}

/// How strong a banner of the bills is among the others.
pub fn is_urgent(banner: BillingBanner) -> bool {
    banner != BillingBanner::TrialEnding
}

/// What concerns the bills is said to who sees them. Once nothing can be changed any more, it is said to everybody, with whom to
/// ask: until then the others work as before.
pub fn billing_banner(organization: &Organization) -> Option<(BillingBanner, AnyView)> {
    let banner = organization.billing.banner?;
    let texts = &messages::current().standing;
    let slug = organization.slug.as_str();
    let said = (texts.banner)(banner, &organization.billing);
    let tone = match banner {
        BillingBanner::TrialEnding | BillingBanner::Paused => ui::Tone::Warning,
        BillingBanner::PastDue if organization.billing.days_left.is_some_and(|days| days > 3) => ui::Tone::Warning,
        BillingBanner::PastDue | BillingBanner::TrialOver | BillingBanner::Restricted | BillingBanner::Canceled => {
            ui::Tone::Danger
        }
    };
    let button = |href: String, text: &'static str| {
        view! {
            <ui::Button href=href size=ui::ButtonSize::Small variant=ui::ButtonVariant::Secondary>{text}</ui::Button>
        }
        .into_any()
    };
    let may = |right| organization.permissions.contains(right);
    let everything_works = organization.billing.state.access() == Access::Full;
    if may_choose(organization) {
        let href = match banner {
            BillingBanner::TrialEnding | BillingBanner::TrialOver | BillingBanner::Canceled => plans_path(slug),
            BillingBanner::PastDue | BillingBanner::Restricted | BillingBanner::Paused => billing_path(slug),
        };
        let action = button(href, (texts.banner_action)(banner));
        let view = view! { <ui::Banner tone=tone title=said.title action=action>{said.text}</ui::Banner> };
        return Some((banner, view.into_any()));
    }
    let text = format!("{} {}", said.text, texts.ask_owner);
    if may(Permission::BillingRead) {
        let action = button(billing_path(slug), texts.see_billing);
        let view = view! { <ui::Banner tone=tone title=said.title action=action>{text}</ui::Banner> };
        return Some((banner, view.into_any()));
    }
    (!everything_works).then(|| {
        let view = view! { <ui::Banner tone=tone title=said.title>{text}</ui::Banner> };
        (banner, view.into_any())
    })
}

/// For a member whom the plan has no seat for.
pub fn paused_banner(organization: &Organization) -> Option<AnyView> {
    // Where nobody changes anything there is nothing more to say to one of them.
    let alone = organization.paused && organization.billing.state.access() == Access::Full;
    alone.then(|| {
        let texts = &messages::current().standing;
        let action = organization
            .permissions
            .contains(Permission::MembersRead)
            .then(|| view! { <ui::Link href=format!("/o/{}/people", organization.slug)>{texts.see_people}</ui::Link> });
        view! {
            <ui::Banner tone=ui::Tone::Warning title=texts.paused_title action=action.into_any()>
                {texts.paused_text}
            </ui::Banner>
        }
        .into_any()
    })
}

/// What the page before this one was refused because of the plan or the bills. The forms themselves leave it to this.
pub fn refused(organization: &Organization) -> Option<AnyView> {
    let error = refusal_of_any().filter(Error::is_about_the_plan)?;
    let organization = organization.clone();
    Some(view! { <UpgradePrompt organization=organization error=error answer=true/> }.into_any())
}

/// The colour of a state.
pub fn billing_tone(state: BillingState) -> ui::Tone {
    match state {
        BillingState::Trialing | BillingState::Complimentary => ui::Tone::Info,
        BillingState::Active => ui::Tone::Success,
        BillingState::Canceling => ui::Tone::Warning,
        BillingState::PastDue | BillingState::Restricted | BillingState::Canceled | BillingState::None => {
            ui::Tone::Danger
        }
        BillingState::Paused => ui::Tone::Neutral,
    }
}
