//! `/platform/reports`: the inbox. What it shows is in its URL.

use contract::{
    reports::{ReportFilter, ReportList, ReportQuery, ReportRow},
    staff::StaffRight,
};
use leptos::prelude::*;

use super::{
    list_reports::list_reports,
    view::{LIST, list_path, query, report_path, state_badge},
};
use crate::{
    frame::platform::{Section, platform_page},
    messages,
    page::PageTitle,
    platform::{beside::Beside, search::Search},
};

#[component]
pub fn ReportsPage() -> impl IntoView {
    platform_page(Section::Reports, StaffRight::ReportsRead, |_| async {
        let texts = &messages::current().reports.inbox;
        let query = query();
        let list = list_reports(query.clone()).await?;
        let found = if list.rows.is_empty() {
            view! { <Nothing query=query.clone()/> }.into_any()
        } else {
            view! { <Found query=query.clone() list=list/> }.into_any()
        };
        Ok(view! {
            <PageTitle text=texts.title/>
            <ui::PageHeader title=texts.title description=texts.description/>
            <Filters query=query/>
            {found}
        }
        .into_any())
    })
}

#[component]
fn Filters(query: ReportQuery) -> impl IntoView {
    let texts = &messages::current().reports.inbox;
    let filters = ReportFilter::ALL
        .iter()
        .map(|filter| ui::SelectOption::new(filter.key(), (texts.filter)(*filter)))
        .collect::<Vec<_>>();
    let narrowed = ReportQuery {
        before: None,
        ..query.clone()
    } != ReportQuery::default();
    view! {
        <Search
            path=LIST
            placeholder=texts.search_placeholder
            search=query.search
            narrowed=narrowed
            class="toolbar reports-filters"
        >
            <ui::Select name="state" label=texts.column_state options=filters selected=query.filter.key()/>
            <ui::Checkbox name="mine" checked=query.mine>{texts.mine}</ui::Checkbox>
        </Search>
    }
}

#[component]
fn Found(query: ReportQuery, list: ReportList) -> impl IntoView {
    let texts = &messages::current().reports.inbox;
    let columns = vec![
        ui::Column::new(texts.column_report),
        ui::Column::new(texts.column_state),
        ui::Column::new(texts.column_by),
        ui::Column::new(texts.column_received),
    ];
    let older = list.older.map(|older| {
        list_path(&ReportQuery {
            before: Some(older),
            ..query.clone()
        })
    });
    let newest = query
        .before
        .is_some()
        .then(|| list_path(&ReportQuery { before: None, ..query }));
    let rows = list.rows.into_iter().map(|row| view! { <Row row=row/> }).collect_view();
    view! {
        <ui::Card flush=true>
            <ui::Table caption=texts.title columns=columns>{rows}</ui::Table>
        </ui::Card>
        <Beside newest=newest older=older/>
    }
}

#[component]
fn Row(row: ReportRow) -> impl IntoView {
    let reports = &messages::current().reports;
    let texts = &reports.inbox;
    let said = row.note.lines().next().unwrap_or_default().trim().to_owned();
    let said = if said.is_empty() {
        texts.nothing_said.to_owned()
    } else {
        said
    };
    let page = if row.page.is_empty() {
        reports.unknown_page.to_owned()
    } else {
        row.page
    };
    let failed = row
        .failed
        .then(|| view! { <ui::Badge tone=ui::Tone::Danger>{reports.failed}</ui::Badge> });
    let screenshot = row
        .has_screenshot
        .then(|| view! { <ui::Badge>{texts.screenshot}</ui::Badge> });
    let on_it = row
        .assignee
        .filter(|_| !row.state.is_closed())
        .map(|name| view! { <p class="list-detail">{(texts.on_it)(&name)}</p> });
    view! {
        <ui::TableRow muted=row.state.is_closed()>
            <ui::TableCell main=true>
                <ui::Link href=report_path(row.id) tone=ui::LinkTone::Quiet>
                    <span class="list-title reports-said">{said}</span>
                </ui::Link>
                <p class="list-detail reports-said">{page} " " {failed} {screenshot}</p>
            </ui::TableCell>
            <ui::TableCell label=texts.column_state>{state_badge(row.state)} {on_it}</ui::TableCell>
            <ui::TableCell label=texts.column_by>
                {row.reporter.unwrap_or_else(|| texts.visitor.to_owned())}
            </ui::TableCell>
            <ui::TableCell label=texts.column_received>
                <ui::DateTime instant=row.received.iso exact=row.received.text.clone() text=row.received.text/>
            </ui::TableCell>
        </ui::TableRow>
    }
}

#[component]
fn Nothing(query: ReportQuery) -> impl IntoView {
    let texts = &messages::current().reports.inbox;
    if query == ReportQuery::default() {
        view! { <ui::EmptyState title=texts.empty_title text=texts.empty_text/> }.into_any()
    } else {
        view! {
            <ui::EmptyState title=texts.no_match_title text=texts.no_match_text icon=ui::IconName::Search>
                <ui::Button href=LIST variant=ui::ButtonVariant::Secondary>{texts.clear}</ui::Button>
            </ui::EmptyState>
        }
        .into_any()
    }
}
