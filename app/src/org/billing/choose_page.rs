//! `/choose-plan`: where the public prices lead. To the plans of the organization it is for, to a choice where there are several,
//! and to where one is made where there is none.

use contract::{error::Result, iam::Permission, tenant::Membership};
use leptos::prelude::*;

use crate::{
    account::memberships::memberships,
    frame::{
        account::{Section, account_page},
        billing::plans_path,
    },
    messages,
    page::{self, PageTitle},
    response::redirect_to,
    session,
};

#[component]
pub fn ChoosePlanPage() -> impl IntoView {
    account_page(Section::Organizations, |_| async {
        let all = memberships().await?;
        let theirs = to_pay_for(all.clone()).await?;
        match theirs.as_slice() {
            [] if all.is_empty() => redirect_to(&page::with_query("/welcome", "next", &page::requested())),
            [only] => redirect_to(&chosen_in(only.slug.as_str())),
            _ => return Ok(view! { <Choose organizations=theirs/> }.into_any()),
        }
        Ok(().into_any())
    })
}

/// The organizations whose bills one sees to.
async fn to_pay_for(all: Vec<Membership>) -> Result<Vec<Membership>> {
    let mut theirs = Vec::new();
    for membership in all {
        match session::org_for_billing(membership.slug.as_str()).await {
            Ok(actor) if actor.permissions().contains(Permission::BillingManage) => theirs.push(membership),
            Ok(_)
            | Err(contract::Error::TenantInactive | contract::Error::NotFound | contract::Error::EmailUnverified) => {}
            Err(other) => return Err(other),
        }
    }
    Ok(theirs)
}

/// The plans of an organization, with what was chosen.
fn chosen_in(slug: &str) -> String {
    let mut pairs = url::form_urlencoded::Serializer::new(String::new());
    for name in ["plan", "interval"] {
        if let Some(value) = page::query(name) {
            pairs.append_pair(name, &value);
        }
    }
    format!("{}?{}", plans_path(slug), pairs.finish())
}

#[component]
fn Choose(organizations: Vec<Membership>) -> impl IntoView {
    let texts = &messages::current().purchase.choose;
    let content = if organizations.is_empty() {
        view! {
            <ui::EmptyState title=texts.none_title text=texts.none_text icon=ui::IconName::Building>
                <ui::Button href="/welcome">{texts.new}</ui::Button>
            </ui::EmptyState>
        }
        .into_any()
    } else {
        let rows = organizations
            .into_iter()
            .map(|one| {
                let href = chosen_in(one.slug.as_str());
                view! {
                    <li class="list-row">
                        <ui::Avatar name=one.name.clone() shape=ui::AvatarShape::Square/>
                        <div class="list-main"><p class="list-title"><ui::Link href=href tone=ui::LinkTone::Quiet>{one.name}</ui::Link></p></div>
                    </li>
                }
            })
            .collect_view();
        view! { <ui::Card flush=true><ul class="list">{rows}</ul></ui::Card> }.into_any()
    };
    view! {
        <PageTitle text=texts.title/>
        <ui::PageHeader title=texts.title description=texts.description/>
        {content}
    }
}
