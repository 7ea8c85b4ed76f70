//! `/platform/visits`: who visited whom. What is shown is in the URL.

use contract::{
    staff::{StaffRight, StaffRole},
    visits::{VisitList, VisitQuery, VisitRow},
};
use leptos::prelude::*;

use super::{
    elevate_visit::ElevateVisit,
    list_visits::list_visits,
    revoke_visit::RevokeVisit,
    stop_visit::StopVisit,
    view::{Mode, state, ways_out},
};
use crate::{
    frame::platform::{Section, platform_page},
    messages,
    org::refusal::{self, Refusals},
    page::{self, PageTitle},
    platform::{beside::Beside, search::Search},
};

/// Where it is.
pub const PATH: &str = "/platform/visits";

#[component]
pub fn VisitsPage() -> impl IntoView {
    platform_page(Section::Visits, StaffRight::VisitsRead, |role| async move {
        let query = asked();
        let list = list_visits(query.clone()).await?;
        Ok(view! { <Visits role=role query=query list=list/> }.into_any())
    })
}

/// What the URL asks for. What is no id asks for nothing.
fn asked() -> VisitQuery {
    VisitQuery {
        state: page::query("state").unwrap_or_default(),
        tenant: page::query("tenant").and_then(|tenant| tenant.parse().ok()),
        search: page::query("search").unwrap_or_default(),
        before: page::query("before").and_then(|before| before.parse().ok()),
    }
}

fn path(query: &VisitQuery) -> String {
    let mut pairs = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in [
        ("state", query.state.clone()),
        (
            "tenant",
            query.tenant.map(|tenant| tenant.to_string()).unwrap_or_default(),
        ),
        ("search", query.search.clone()),
        (
            "before",
            query.before.map(|before| before.to_string()).unwrap_or_default(),
        ),
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
fn Visits(role: StaffRole, query: VisitQuery, list: VisitList) -> impl IntoView {
    let texts = &messages::current().visits;
    let refusals = [
        refusal::of::<RevokeVisit>(),
        refusal::of::<StopVisit>(),
        refusal::of::<ElevateVisit>(),
    ]
    .concat();
    let start = role.has(StaffRight::Impersonate).then(|| {
        view! { <ui::Button href="/platform/visits/new" icon=ui::IconName::User>{texts.list.start}</ui::Button> }
            .into_any()
    });
    let filtered = query != VisitQuery::default();
    let found = if list.visits.is_empty() {
        let (title, text) = if filtered {
            (texts.list.no_match_title, texts.list.no_match_text)
        } else {
            (texts.list.empty_title, texts.list.empty_text)
        };
        let clear = filtered.then(|| {
            view! { <ui::Button href=PATH variant=ui::ButtonVariant::Secondary>{texts.list.clear}</ui::Button> }
        });
        view! { <ui::EmptyState title=title text=text icon=ui::IconName::User>{clear}</ui::EmptyState> }.into_any()
    } else {
        let older = list.older.map(|before| {
            path(&VisitQuery {
                before: Some(before),
                ..query.clone()
            })
        });
        let newest = query.before.is_some().then(|| {
            path(&VisitQuery {
                before: None,
                ..query.clone()
            })
        });
        view! { <Table role=role visits=list.visits/> <Beside newest=newest older=older/> }.into_any()
    };
    view! {
        <PageTitle text=texts.title/>
        <ui::PageHeader title=texts.title description=texts.description actions=start.into_any()/>
        <Refusals errors=refusals/>
        <Filters query=query/>
        {found}
    }
}

#[component]
fn Filters(query: VisitQuery) -> impl IntoView {
    let texts = &messages::current().visits.list;
    let states = vec![
        ui::SelectOption::new("", texts.all),
        ui::SelectOption::new("open", texts.only_open),
        ui::SelectOption::new("ended", texts.only_ended),
    ];
    let narrowed = VisitQuery {
        before: None,
        ..query.clone()
    } != VisitQuery::default();
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
fn Table(role: StaffRole, visits: Vec<VisitRow>) -> impl IntoView {
    let texts = &messages::current().visits;
    let columns = vec![
        ui::Column::new(texts.organization),
        ui::Column::new(texts.operator),
        ui::Column::new(texts.column_mode),
        ui::Column::new(texts.began),
        ui::Column::new(texts.list.state),
        ui::Column::actions(texts.list.revoke),
    ];
    let may_revoke = role.has(StaffRight::SecurityManage);
    let rows = visits
        .into_iter()
        .map(|visit| {
            let out = ways_out(&visit, may_revoke);
            let (href, state) = (format!("{PATH}/{}", visit.id), state(&visit));
            view! {
                <ui::TableRow>
                    <ui::TableCell main=true>
                        <ui::Link href=href>{visit.organization}</ui::Link>
                        <p class="list-detail">{visit.reason}</p>
                    </ui::TableCell>
                    <ui::TableCell label=texts.operator>
                        <span>{visit.operator_name}</span>
                        <p class="list-detail">{texts.member} " " {visit.subject_name}</p>
                    </ui::TableCell>
                    <ui::TableCell label=texts.column_mode><Mode mode=visit.mode/></ui::TableCell>
                    <ui::TableCell label=texts.began>
                        <ui::DateTime instant=visit.began.iso.clone() exact=visit.began.iso text=visit.began.text/>
                    </ui::TableCell>
                    <ui::TableCell label=texts.list.state>{state}</ui::TableCell>
                    <ui::TableCell>{out}</ui::TableCell>
                </ui::TableRow>
            }
        })
        .collect_view();
    view! {
        <ui::Card flush=true>
            <ui::Table caption=texts.title columns=columns>{rows}</ui::Table>
        </ui::Card>
    }
}
