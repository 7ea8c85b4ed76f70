//! `/platform/reports/{report}`: everything about one report, and what comes next.

use contract::{
    reports::ReportDetail,
    staff::{StaffRight, StaffRole},
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_params_map;

use super::{
    facts_card::{Facts, Told},
    get_report::get_report,
    move_report::MoveReport,
    next_card::Next,
    take_report::TakeReport,
    view::{LIST, report_path, state_badge},
    write_report_note::WriteReportNote,
};
use crate::{
    frame::platform::{Section, platform_page},
    messages,
    org::refusal::{self, Refusals},
    page::PageTitle,
    platform::notes_card::{NoteForm, Notes},
};

#[component]
pub fn ReportPage() -> impl IntoView {
    let id = use_params_map()
        .with_untracked(|params| params.get("report"))
        .unwrap_or_default();
    platform_page(Section::Reports, StaffRight::ReportsRead, |role| async move {
        let found = get_report(id).await?;
        Ok(view! { <Report found=found role=role/> }.into_any())
    })
}

#[component]
fn Report(found: ReportDetail, role: StaffRole) -> impl IntoView {
    let reports = &messages::current().reports;
    let texts = &reports.one;
    let crumbs = vec![ui::Crumb::link(reports.inbox.title, LIST), ui::Crumb::here(texts.title)];
    let breadcrumb = view! { <ui::Breadcrumb label=messages::current().frame.breadcrumb crumbs=crumbs/> };
    let badge = view! {
        {state_badge(found.state)}
        {found.failed.then(|| view! { <ui::Badge tone=ui::Tone::Danger>{reports.failed}</ui::Badge> })}
    };
    let refusals = [refusal::of::<TakeReport>(), refusal::of::<MoveReport>()].concat();
    let manages = role.has(StaffRight::ReportsManage);
    let picture = found.screenshot.map(|size| {
        let source = format!("{}/screenshot", report_path(found.id));
        let described = (texts.screenshot_size)(size.width, size.height, size.kilobytes);
        view! {
            <ui::Card title=texts.screenshot description=described>
                <img
                    class="report-screenshot"
                    src=source.clone()
                    alt=texts.screenshot_alt
                    width=size.width
                    height=size.height
                    loading="lazy"
                />
                <p><ui::Link href=source>{texts.download}</ui::Link></p>
            </ui::Card>
        }
    });
    let note = manages.then(|| NoteForm {
        action: WriteReportNote::PATH,
        about: ("report", found.id.to_string()),
    });
    view! {
        <PageTitle text=texts.title/>
        <ui::PageHeader title=texts.title badge=badge.into_any() breadcrumb=breadcrumb.into_any()/>
        <Refusals errors=refusals/>
        <div class="stack">
            <Told found=found.clone()/>
            {picture}
            <Facts found=found.clone() role=role/>
            {manages.then(|| view! { <Next found=found.clone()/> })}
            <Notes notes=found.notes form=note/>
        </div>
    }
}
