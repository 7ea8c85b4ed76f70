//! `/o/{org}/settings/billing/return`: back from the pay page. Whichever comes first, the person or the provider's word, it is
//! right: it asks, and while nothing is known it is loaded again by itself.

use contract::{
    Error,
    billing::{CheckoutState, PlanName},
    error::Result,
    iam::Permission,
};
use http::{HeaderName, HeaderValue};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;

use super::confirm_checkout::confirm_checkout;
use crate::{
    frame::{
        billing::{billing_path, plans_path},
        org::billing_page,
    },
    messages,
    page::{self, PageTitle},
    response::{redirect_to, set_status},
};

/// Understood by every browser, without a script. Not as an element of the page, which would also move those who read slowly.
const REFRESH: HeaderName = HeaderName::from_static("refresh");

/// How often it is asked at short distance, before people are told that it takes longer.
const SOON: u32 = 10;

#[component]
pub fn ReturnPage() -> impl IntoView {
    billing_page(|organization| async move {
        if !organization.permissions.contains(Permission::BillingManage) {
            return Err(Error::Forbidden);
        }
        let slug = organization.slug.to_string();
        let Some(checkout) = page::query("checkout_id") else {
            redirect_to(&billing_path(&slug));
            return Ok(().into_any());
        };
        let tries = page::query("tries")
            .and_then(|tries| tries.parse().ok())
            .unwrap_or_default();
        let state = confirm_checkout(slug.clone(), checkout.clone()).await;
        let again = again_path(&slug, &checkout, tries);
        if let Ok(CheckoutState::Active { plan, .. }) = &state
            && organization.plan != plan.name
            && tries == 0
        {
            // It came true just now: the frame around this page is of before.
            redirect_to(&again);
            return Ok(().into_any());
        }
        show(&slug, state, &again, tries)
    })
}

/// The same page, one try later.
fn again_path(slug: &str, checkout: &str, tries: u32) -> String {
    let query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("checkout_id", checkout)
        .append_pair("tries", &tries.saturating_add(1).to_string())
        .finish();
    format!("{}/return?{query}", billing_path(slug))
}

fn show(slug: &str, state: Result<CheckoutState>, again: &str, tries: u32) -> Result<AnyView> {
    let slug = slug.to_owned();
    Ok(match state {
        Ok(CheckoutState::Confirming) => {
            look_again(again, tries);
            let long = tries >= SOON;
            view! { <Confirming again=again.to_owned() long=long/> }.into_any()
        }
        Ok(CheckoutState::Active { plan, seats }) => view! { <Active slug=slug plan=plan seats=seats/> }.into_any(),
        Ok(CheckoutState::Open { url }) => view! { <Open slug=slug url=url/> }.into_any(),
        Ok(CheckoutState::Expired) => view! { <Expired slug=slug/> }.into_any(),
        Err(error @ (Error::PaymentProviderUnavailable | Error::Unavailable)) => {
            set_status(error.status());
            look_again(again, tries.max(SOON));
            view! { <Away slug=slug again=again.to_owned()/> }.into_any()
        }
        Err(error @ (Error::NotFound | Error::Invalid(_))) => {
            set_status(Error::NotFound.status());
            drop(error);
            view! { <Unknown slug=slug/> }.into_any()
        }
        Err(other) => return Err(other),
    })
}

/// Every other second at first, later every ten.
fn look_again(path: &str, tries: u32) {
    let seconds = if tries < SOON { 2 } else { 10 };
    let refresh = HeaderValue::from_str(&format!("{seconds}; url={path}"));
    if let (Some(response), Ok(refresh)) = (use_context::<ResponseOptions>(), refresh) {
        response.insert_header(REFRESH, refresh);
    }
}

/// One message, and where to go.
#[component]
fn Told(title: String, text: String, icon: ui::IconName, children: Children) -> impl IntoView {
    view! {
        <PageTitle text=title.clone()/>
        <ui::Card>
            <div role="status">
                <ui::EmptyState title=title text=text icon=icon level=1>{children()}</ui::EmptyState>
            </div>
        </ui::Card>
    }
}

#[component]
fn Confirming(again: String, long: bool) -> impl IntoView {
    let texts = &messages::current().purchase.back;
    let text = if long {
        texts.confirming_long
    } else {
        texts.confirming_text
    };
    view! {
        <Told title=texts.confirming_title.to_owned() text=text.to_owned() icon=ui::IconName::Clock>
            <ui::Button href=again variant=ui::ButtonVariant::Secondary>{texts.look_again}</ui::Button>
        </Told>
    }
}

#[component]
fn Active(slug: String, plan: PlanName, seats: u32) -> impl IntoView {
    let texts = &messages::current().purchase.back;
    let title = (texts.active_title)(&plan.name);
    view! {
        <Told title=title text=(texts.active_text)(seats) icon=ui::IconName::Success>
            <ui::Button href=billing_path(&slug)>{texts.to_billing}</ui::Button>
            <ui::Button href=format!("/o/{slug}/projects") variant=ui::ButtonVariant::Secondary>{texts.to_work}</ui::Button>
        </Told>
    }
}

#[component]
fn Open(slug: String, url: String) -> impl IntoView {
    let texts = &messages::current().purchase.back;
    view! {
        <Told title=texts.open_title.to_owned() text=texts.open_text.to_owned() icon=ui::IconName::CreditCard>
            <ui::Button href=url icon_end=ui::IconName::External>{texts.to_pay}</ui::Button>
            <ui::Button href=plans_path(&slug) variant=ui::ButtonVariant::Secondary>{texts.other_plan}</ui::Button>
        </Told>
    }
}

#[component]
fn Expired(slug: String) -> impl IntoView {
    let texts = &messages::current().purchase.back;
    view! {
        <Told title=texts.expired_title.to_owned() text=texts.expired_text.to_owned() icon=ui::IconName::Clock>
            <ui::Button href=plans_path(&slug)>{texts.other_plan}</ui::Button>
            <ui::Button href=billing_path(&slug) variant=ui::ButtonVariant::Secondary>{texts.to_billing}</ui::Button>
        </Told>
    }
}

#[component]
fn Away(slug: String, again: String) -> impl IntoView {
    let texts = &messages::current().purchase.back;
    view! {
        <Told title=texts.away_title.to_owned() text=texts.away_text.to_owned() icon=ui::IconName::Warning>
            <ui::Button href=again>{texts.look_again}</ui::Button>
            <ui::Button href=billing_path(&slug) variant=ui::ButtonVariant::Secondary>{texts.to_billing}</ui::Button>
        </Told>
    }
}

#[component]
fn Unknown(slug: String) -> impl IntoView {
    let texts = &messages::current().purchase.back;
    view! {
        <Told title=texts.unknown_title.to_owned() text=texts.unknown_text.to_owned() icon=ui::IconName::Info>
            <ui::Button href=billing_path(&slug)>{texts.to_billing}</ui::Button>
        </Told>
    }
}
