//! `/platform/support/new`: asking an organization to be let in.

use contract::{
    ids::TenantId,
    staff::StaffRight,
    support::{SupportChoice, SupportPolicy},
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{choose_support::choose_support, fields::AskedFields, list_page, request_support::RequestSupport};
use crate::{
    form::FormState,
    frame::platform::{Section, platform_page},
    messages,
    page::{self, PageTitle},
};

/// The page for an organization.
pub fn of(tenant: TenantId) -> String {
    page::with_query(&format!("{}/new", list_page::PATH), "tenant", &tenant.to_string())
}

#[component]
pub fn NewSupportPage() -> impl IntoView {
    platform_page(Section::Support, StaffRight::Support, |_| async {
        let texts = &messages::current().support.staff;
        let content = match page::query("tenant").filter(|tenant| !tenant.is_empty()) {
            Some(tenant) => {
                let choice = choose_support(tenant).await?;
                view! { <Ask choice=choice/> }.into_any()
            }
            None => view! {
                <ui::EmptyState title=texts.choose_title text=texts.choose_text icon=ui::IconName::Building>
                    <ui::Button href="/platform/tenants">{texts.choose}</ui::Button>
                </ui::EmptyState>
            }
            .into_any(),
        };
        let crumbs = vec![
            ui::Crumb::link(texts.title, list_page::PATH),
            ui::Crumb::here(texts.new_title),
        ];
        let label = messages::current().frame.breadcrumb;
        Ok(view! {
            <PageTitle text=texts.new_title/>
            <ui::PageHeader
                title=texts.new_title
                breadcrumb=view! { <ui::Breadcrumb label=label crumbs=crumbs/> }.into_any()
            />
            {content}
        }
        .into_any())
    })
}

#[component]
fn Ask(choice: SupportChoice) -> impl IntoView {
    let support = &messages::current().support;
    let texts = &support.staff;
    if let Some(obstacle) = choice.obstacle {
        let text = (support.obstacle)(obstacle);
        let back = format!("{}?tenant={}", list_page::PATH, choice.tenant);
        return view! {
            <ui::EmptyState title=choice.organization text=text icon=ui::IconName::Info>
                <ui::Button href=back variant=ui::ButtonVariant::Secondary>{texts.back}</ui::Button>
            </ui::EmptyState>
        }
        .into_any();
    }
    let form = FormState::of::<RequestSupport>();
    let text = (texts.new_text)(&choice.organization);
    let read_only = (choice.policy == SupportPolicy::AlwaysReadOnly)
        .then(|| view! { <ui::Banner>{texts.new_read_only}</ui::Banner> });
    view! {
        <ui::Card title=choice.organization.clone() description=text>
            <form class="form form-wide" method="post" action=RequestSupport::PATH data-pending="">
                <ui::FormErrorSummary
                    title=messages::current().errors.summary_title
                    errors=form.summary()
                />
                {read_only}
                <input type="hidden" name="tenant" value=choice.tenant.to_string()/>
                <AskedFields form=form/>
                <div class="form-actions">
                    <ui::Button>{texts.new_button}</ui::Button>
                    <ui::Button href=list_page::PATH variant=ui::ButtonVariant::Quiet>{texts.back}</ui::Button>
                </div>
            </form>
        </ui::Card>
    }
    .into_any()
}
