//! `/platform/audit`: who did what, anywhere.

use contract::{
    audit::AuditQuery,
    platform_audit::{PlatformAuditList, PlatformAuditQuery},
    staff::StaffRight,
};
use leptos::prelude::*;

use super::{
    entries::Entries,
    list_everything::list_everything,
    query::{self, BASE},
    search::Search,
};
use crate::{
    frame::platform::{Section, platform_page},
    messages,
    page::{self, PageTitle},
    platform::beside::Beside,
};

#[component]
pub fn PlatformAuditPage() -> impl IntoView {
    platform_page(Section::Audit, StaffRight::AuditRead, |_| async {
        let query = query::from_url(&page::query_string());
        let list = list_everything(query.clone()).await?;
        let texts = &messages::current().platform_audit;
        let found = match list {
            PlatformAuditList::Found { rows, .. } if rows.is_empty() => view! { <Nothing/> }.into_any(),
            PlatformAuditList::Found {
                rows,
                older,
                only_recent,
            } => view! { <Found query=query.clone() rows=rows older=older only_recent=only_recent/> }.into_any(),
            PlatformAuditList::NoSuchOrganization => {
                view! { <Unknown title=texts.no_organization text=texts.no_organization_text/> }.into_any()
            }
            PlatformAuditList::NoSuchPerson => {
                view! { <Unknown title=texts.no_person text=texts.no_person_text/> }.into_any()
            }
        };
        Ok(view! {
            <PageTitle text=texts.title/>
            <ui::PageHeader title=texts.title description=texts.description/>
            <Search query=query/>
            {found}
        }
        .into_any())
    })
}

#[component]
fn Found(
    query: PlatformAuditQuery,
    rows: Vec<contract::platform_audit::PlatformAuditRow>,
    older: Option<String>,
    only_recent: bool,
) -> impl IntoView {
    let own = &messages::current().platform_audit;
    let at = |before: String| {
        query::path(&PlatformAuditQuery {
            log: AuditQuery {
                before,
                ..query.log.clone()
            },
            ..query.clone()
        })
    };
    let newest = (!query.log.before.is_empty()).then(|| at(String::new()));
    let older = older.map(at);
    let recent = only_recent.then(|| view! { <p class="small muted">{own.only_recent}</p> });
    view! { {recent} <Entries rows=rows/> <Beside newest=newest older=older/> }
}

#[component]
fn Nothing() -> impl IntoView {
    let texts = &messages::current().audit;
    view! {
        <ui::EmptyState title=texts.no_match_title text=texts.no_match_text icon=ui::IconName::Search>
            <ui::Button href=BASE variant=ui::ButtonVariant::Secondary>{texts.clear}</ui::Button>
        </ui::EmptyState>
    }
}

#[component]
fn Unknown(title: &'static str, text: &'static str) -> impl IntoView {
    let texts = &messages::current().audit;
    view! {
        <ui::EmptyState title=title text=text icon=ui::IconName::Search>
            <ui::Button href=BASE variant=ui::ButtonVariant::Secondary>{texts.clear}</ui::Button>
        </ui::EmptyState>
    }
}
