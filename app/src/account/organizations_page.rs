//! `/account/organizations`: where one belongs, and the way out.

use contract::tenant::Membership;
use leptos::prelude::*;

use super::memberships::memberships;
use crate::{
    frame::account::{Section, account_page},
    messages,
    page::PageTitle,
};

#[component]
pub fn OrganizationsPage() -> impl IntoView {
    account_page(Section::Organizations, |_| async {
        let memberships = memberships().await?;
        Ok(view! { <Organizations memberships=memberships/> }.into_any())
    })
}

#[component]
fn Organizations(memberships: Vec<Membership>) -> impl IntoView {
    let texts = &messages::current().people.organizations;
    let content = if memberships.is_empty() {
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
        view! { <ui::Card flush=true><ul class="list">{rows}</ul></ui::Card> }.into_any()
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
    let Membership { slug, name, role, .. } = membership;
    let open = format!("/o/{slug}/projects");
    let which = name.clone();
    view! {
        <li class="list-row">
            <div class="list-main">
                <p class="list-title"><ui::Link href=open tone=ui::LinkTone::Quiet>{name}</ui::Link></p>
                <p class="list-detail">{role}</p>
            </div>
            <ui::Button href=format!("/o/{slug}/leave") size=ui::ButtonSize::Small variant=ui::ButtonVariant::Secondary>
                {texts.leave} <span class="visually-hidden">" " {which}</span>
            </ui::Button>
        </li>
    }
}
