//! `/platform/support`: who was let in where, and who waits to be. What is shown is in the URL.

use contract::{
    staff::{StaffRight, StaffRole},
    support::{SupportList, SupportQuery, SupportRow},
};
use leptos::prelude::*;

use super::{
    list_support_sessions::list_support_sessions,
    view::{State, areas},
};
use crate::{
    frame::platform::{Section, platform_page},
    messages,
    page::{self, PageTitle},
    platform::{beside::Beside, search::Search, visits::view::Mode},
};

/// Where it is.
pub const PATH: &str = "/platform/support";

#[component]
pub fn SupportSessionsPage() -> impl IntoView {
    platform_page(Section::Support, StaffRight::VisitsRead, |role| async move {
        let query = asked();
        let list = list_support_sessions(query.clone()).await?;
        Ok(view! { <Sessions role=role query=query list=list/> }.into_any())
    })
}

/// What the URL asks for. What is no id asks for nothing.
fn asked() -> SupportQuery {
    SupportQuery {
        state: page::query("state").unwrap_or_default(),
        tenant: page::query("tenant").and_then(|tenant| tenant.parse().ok()),
        search: page::query("search").unwrap_or_default(),
        before: page::query("before").and_then(|before| before.parse().ok()),
    }
}

fn path(query: &SupportQuery) -> String {
    let mut pairs = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in [
        ("state", query.state.clone()),
        ("tenant", query.tenant.map(|id| id.to_string()).unwrap_or_default()),
        ("search", query.search.clone()),
        ("before", query.before.map(|id| id.to_string()).unwrap_or_default()),
    ] {
        if !value.is_empty() {
            pairs.append_pair(name, &value);
        }
    }
    let pairs = pairs.finish();
    if pairs.is_empty() {
        PATH.to_owned()
    } else {
        format!("{PATH}?{pairs}")
    }
}

#[component]
fn Sessions(role: StaffRole, query: SupportQuery, list: SupportList) -> impl IntoView {
    let texts = &messages::current().support.staff;
    let request = role.has(StaffRight::Support).then(|| {
        view! { <ui::Button href=format!("{PATH}/new") icon=ui::IconName::Help>{texts.request}</ui::Button> }.into_any()
    });
    let filtered = query != SupportQuery::default();
    let found = if list.sessions.is_empty() {
        let (title, text) = if filtered {
            (texts.no_match_title, texts.no_match_text)
        } else {
            (texts.empty_title, texts.empty_text)
        };
        let clear = filtered.then(|| {
            view! { <ui::Button href=PATH variant=ui::ButtonVariant::Secondary>{texts.clear}</ui::Button> }
        });
        view! { <ui::EmptyState title=title text=text icon=ui::IconName::Help>{clear}</ui::EmptyState> }.into_any()
    } else {
        let older = list.older.map(|before| {
            path(&SupportQuery {
                before: Some(before),
                ..query.clone()
            })
        });
        let newest = query.before.is_some().then(|| {
            path(&SupportQuery {
                before: None,
                ..query.clone()
            })
        });
        view! { <Table sessions=list.sessions/> <Beside newest=newest older=older/> }.into_any()
    };
    view! {
        <PageTitle text=texts.title/>
        <ui::PageHeader title=texts.title description=texts.description actions=request.into_any()/>
        <Filters query=query/>
        {found}
    }
}

#[component]
fn Filters(query: SupportQuery) -> impl IntoView {
    let texts = &messages::current().support.staff;
    let states = vec![
        ui::SelectOption::new("", texts.all),
        ui::SelectOption::new("waiting", texts.only_waiting),
        ui::SelectOption::new("granted", texts.only_granted),
        ui::SelectOption::new("over", texts.only_over),
    ];
    let narrowed = SupportQuery {
        before: None,
        ..query.clone()
    } != SupportQuery::default();
    view! {
        <Search
            path=PATH
            placeholder=texts.search_placeholder
            search=query.search
            narrowed=narrowed
            tenant=query.tenant
        >
            <ui::Select name="state" label=texts.state options=states selected=query.state/>
        </Search>
    }
}

#[component]
fn Table(sessions: Vec<SupportRow>) -> impl IntoView {
    let support = &messages::current().support;
    let columns = vec![
        ui::Column::new(support.organization),
        ui::Column::new(support.operator),
        ui::Column::new(support.areas),
        ui::Column::new(support.mode),
        ui::Column::new(support.created),
        ui::Column::new(support.column_state),
    ];
    let rows = sessions
        .into_iter()
        .map(|session| {
            let href = format!("{PATH}/{}", session.id);
            let operator = session
                .operator_name
                .clone()
                .unwrap_or_else(|| support.nobody_yet.to_owned());
            let (scope, mode) = (areas(&session.scope), session.scope.mode());
            let (created, reason) = (session.created.clone(), session.reason.clone());
            let organization = session.organization.clone();
            view! {
                <ui::TableRow>
                    <ui::TableCell main=true>
                        <ui::Link href=href>{organization}</ui::Link>
                        <p class="list-detail">{reason}</p>
                    </ui::TableCell>
                    <ui::TableCell label=support.operator>{operator}</ui::TableCell>
                    <ui::TableCell label=support.areas>{scope}</ui::TableCell>
                    <ui::TableCell label=support.mode><Mode mode=mode/></ui::TableCell>
                    <ui::TableCell label=support.created>
                        <ui::DateTime instant=created.iso.clone() exact=created.iso text=created.text/>
                    </ui::TableCell>
                    <ui::TableCell label=support.column_state><State session=session/></ui::TableCell>
                </ui::TableRow>
            }
        })
        .collect_view();
    let title = support.staff.title;
    view! {
        <ui::Card flush=true>
            <ui::Table caption=title columns=columns>{rows}</ui::Table>
        </ui::Card>
    }
}
