//! `/account/organizations`: where one belongs, and the way out.

use contract::tenant::Membership;
use domain::tenants::suspended_from::suspended_from;
use leptos::prelude::*;

use super::memberships::memberships;
use crate::{
    frame::{
        account::{Section, account_page},
        org::standing,
    },
    messages,
    page::PageTitle,
    session,
};

#[component]
pub fn OrganizationsPage() -> impl IntoView {
    account_page(Section::Organizations, |_| async {
        let memberships = memberships().await?;
        let suspended = suspended_from(&session::user().await?, &session::deps()?).await?;
        Ok(view! { <Organizations memberships=memberships suspended=suspended/> }.into_any())
    })
}

#[component]
fn Organizations(memberships: Vec<Membership>, suspended: Vec<String>) -> impl IntoView {
    let texts = &messages::current().people.organizations;
    let content = if memberships.is_empty() && suspended.is_empty() {
        view! {
            <ui::EmptyState title=texts.none_title text=texts.none_text icon=ui::IconName::Building>
                <ui::Button href="/welcome" icon=ui::IconName::Plus>{texts.create}</ui::Button>
            </ui::EmptyState>
        }
        .into_any()
    } else {
        let rows = memberships
            .into_iter()
            .map(|one| view! { <Row membership=one/> })
            .collect_view();
        let suspended = suspended
            .into_iter()
            .map(|name| view! { <SuspendedRow name=name/> })
            .collect_view();
        view! { <ui::Card flush=true><ul class="list">{rows} {suspended}</ul></ui::Card> }.into_any()
    };
    view! {
        <PageTitle text=texts.title/>
        <ui::PageHeader title=texts.title description=texts.description/>
        {content}
    }
}

#[component]
fn Row(membership: Membership) -> impl IntoView {
    let texts = &messages::current().people.organizations;
    let Membership {
        slug,
        name,
        role,
        status,
    } = membership;
    let standing = standing(status).map(|word| view! { <ui::Badge tone=ui::Tone::Warning>{word}</ui::Badge> });
    let open = format!("/o/{slug}/projects");
    let which = name.clone();
    view! {
        <li class="list-row">
            <div class="list-main">
                <p class="list-title"><ui::Link href=open tone=ui::LinkTone::Quiet>{name}</ui::Link></p>
                <p class="list-detail">{role}</p>
            </div>
            {standing}
            <ui::Button href=format!("/o/{slug}/leave") size=ui::ButtonSize::Small variant=ui::ButtonVariant::Secondary>
                {texts.leave} <span class="visually-hidden">" " {which}</span>
            </ui::Button>
        </li>
    }
}

/// Without a way in: there is none before somebody restores them.
#[component]
fn SuspendedRow(name: String) -> impl IntoView {
    let texts = &messages::current().people.organizations;
    view! {
        <li class="list-row">
            <div class="list-main">
                <p class="list-title">{name}</p>
                <p class="list-detail">{texts.suspended_text}</p>
            </div>
            <ui::Badge tone=ui::Tone::Warning>{texts.suspended}</ui::Badge>
        </li>
    }
}
