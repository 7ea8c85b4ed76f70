//! `/o/{org}/settings/audit`: who did what, when and from where.

use contract::{
    Error,
    audit::{AuditList, AuditQuery},
    billing::Feature,
    iam::Permission,
    tenant::Organization,
};
use domain::audit::Chain;
use leptos::prelude::*;

use super::list_audit::list_audit;
use crate::{
    audit::{Entries, Search, filter, kinds},
    frame::org::{Section, org_page},
    messages,
    org::upgrade::FeatureGate,
    page::{self, PageTitle},
};

#[component]
pub fn AuditPage() -> impl IntoView {
    org_page(Section::Audit, |organization| async move {
        if !organization.permissions.contains(Permission::AuditRead) {
            return Err(Error::Forbidden);
        }
        let query = filter::from_url(&page::query_string());
        let list = list_audit(organization.slug.to_string(), query.clone()).await?;
        Ok(view! { <Log organization=organization query=query list=list/> }.into_any())
    })
}

#[component]
fn Log(organization: Organization, query: AuditQuery, list: AuditList) -> impl IntoView {
    let texts = &messages::current().audit;
    let base = format!("/o/{}/settings/audit", organization.slug);
    let export = filter::path(
        &format!("{base}.csv"),
        &AuditQuery {
            before: String::new(),
            ..query.clone()
        },
    );
    let actions = view! {
        <FeatureGate organization=organization feature=Feature::AuditExport>
            <ui::Button
                href=export.clone()
                icon=ui::IconName::Download
                variant=ui::ButtonVariant::Secondary
            >
                {texts.export}
            </ui::Button>
        </FeatureGate>
    };
    let people = list.people.clone();
    let found = if list.rows.is_empty() {
        view! { <Nothing base=base.clone() query=query.clone()/> }.into_any()
    } else {
        view! { <Entries base=base.clone() query=query.clone() list=list caption=texts.title/> }.into_any()
    };
    view! {
        <PageTitle text=texts.title/>
        <ui::PageHeader title=texts.title description=texts.description actions=actions.into_any()/>
        <Search base=base query=query people=people kinds=kinds(Chain::is_in_organizations)/>
        {found}
    }
}

/// Why there is no entry to show, and the way on.
#[component]
fn Nothing(base: String, query: AuditQuery) -> impl IntoView {
    let texts = &messages::current().audit;
    if query.filters() || !query.before.is_empty() {
        view! {
            <ui::EmptyState title=texts.no_match_title text=texts.no_match_text icon=ui::IconName::Search>
                <ui::Button href=base variant=ui::ButtonVariant::Secondary>{texts.clear}</ui::Button>
            </ui::EmptyState>
        }
        .into_any()
    } else {
        view! { <ui::EmptyState title=texts.empty_title text=texts.empty_text icon=ui::IconName::Shield/> }.into_any()
    }
}
