//! `/platform/jobs`: the queue.

use contract::{
    jobs::{JobBoard, JobRow, JobStanding},
    staff::StaffRight,
};
use leptos::prelude::*;
use url::form_urlencoded::Serializer;

use super::{
    board::board,
    views::{Older, QUEUE, Standing, Views, tasks},
};
use crate::{
    frame::platform::{Section, platform_page},
    messages,
    page::{self, PageTitle},
};

#[component]
pub fn JobsPage() -> impl IntoView {
    platform_page(Section::Jobs, StaffRight::JobsRead, |_| async {
        let (standing, task) = (
            page::query("standing").unwrap_or_default(),
            page::query("task").unwrap_or_default(),
        );
        let before = page::query("before").and_then(|before| before.parse().ok());
        let found = board(standing.clone(), task.clone(), before).await?;
        Ok(view! { <Queue found=found standing=standing task=task/> }.into_any())
    })
}

#[component]
fn Queue(found: JobBoard, standing: String, task: String) -> impl IntoView {
    let texts = &messages::current().jobs;
    let filtered = !standing.is_empty() || !task.is_empty();
    let older = found.older.map(|before| {
        let mut query = Serializer::new(String::new());
        for (name, value) in [("standing", &standing), ("task", &task)] {
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        format!("{QUEUE}?{}", query.append_pair("before", &before.to_string()).finish())
    });
    let list = match (found.jobs.is_empty(), filtered) {
        (false, _) => view! { <Jobs jobs=found.jobs.clone()/> }.into_any(),
        (true, true) => view! {
            <ui::EmptyState title=texts.no_match_title text=texts.no_match_text icon=ui::IconName::Search>
                <ui::Button href=QUEUE variant=ui::ButtonVariant::Secondary>{texts.clear}</ui::Button>
            </ui::EmptyState>
        }
        .into_any(),
        (true, false) => view! {
            <ui::EmptyState title=texts.empty_title text=texts.empty_text icon=ui::IconName::Success/>
        }
        .into_any(),
    };
    view! {
        <PageTitle text=texts.title/>
        <ui::PageHeader title=texts.title description=texts.description/>
        <Views current=QUEUE/>
        <Figures found=found/>
        <Search standing=standing task=task/>
        {list}
        <Older href=older/>
    }
}

#[component]
fn Figures(found: JobBoard) -> impl IntoView {
    let texts = &messages::current().jobs;
    let stats = found
        .counts
        .iter()
        .map(|(standing, count)| {
            let href = format!("{QUEUE}?standing={}", standing.key());
            let change = match standing {
                JobStanding::Ready => found.oldest_ready.as_ref().map(|since| (texts.oldest)(&since.text)),
                JobStanding::Failed => Some((texts.failed_runs)(found.failed_runs)),
                _ => None,
            };
            view! { <ui::Stat label=(texts.standing)(*standing) value=count.to_string() href=href change=change/> }
        })
        .collect_view();
    let alone = (found.workers == 0).then(|| {
        view! { <ui::Banner tone=ui::Tone::Warning>{texts.no_worker}</ui::Banner> }
    });
    view! {
        {alone}
        <div class="stat-row">
            {stats}
            <ui::Stat label=texts.workers value=found.workers.to_string()/>
        </div>
    }
}

#[component]
fn Search(standing: String, task: String) -> impl IntoView {
    let texts = &messages::current().jobs;
    let mut standings = vec![ui::SelectOption::new("", texts.any_standing)];
    standings.extend(
        JobStanding::ALL
            .iter()
            .map(|standing| ui::SelectOption::new(standing.key(), (texts.standing)(*standing))),
    );
    view! {
        <form class="toolbar" method="get" action=QUEUE role="search">
            <ui::Select name="standing" label=texts.column_standing options=standings selected=standing/>
            <ui::Select name="task" label=texts.column_task options=tasks() selected=task/>
            <ui::Button variant=ui::ButtonVariant::Secondary>{texts.apply}</ui::Button>
        </form>
    }
}

#[component]
fn Jobs(jobs: Vec<JobRow>) -> impl IntoView {
    let texts = &messages::current().jobs;
    let columns = vec![
        ui::Column::new(texts.column_job),
        ui::Column::new(texts.column_standing),
        ui::Column::new(texts.column_due),
        ui::Column::figures(texts.column_tries),
    ];
    let rows = jobs
        .into_iter()
        .map(|job| {
            let href = format!("{QUEUE}/{}", job.id);
            let error = job.error.map(|error| view! { <p class="list-detail">{error}</p> });
            view! {
                <ui::TableRow>
                    <ui::TableCell main=true>
                        <ui::Link href=href tone=ui::LinkTone::Quiet>{job.task}</ui::Link>
                        {error}
                    </ui::TableCell>
                    <ui::TableCell label=texts.column_standing><Standing of=job.standing/></ui::TableCell>
                    <ui::TableCell label=texts.column_due>
                        <ui::DateTime instant=job.due.iso.clone() exact=job.due.iso text=job.due.text/>
                    </ui::TableCell>
                    <ui::TableCell label=texts.column_tries align=ui::Align::End>
                        {(texts.tries)(job.attempts, job.max_attempts)}
                    </ui::TableCell>
                </ui::TableRow>
            }
        })
        .collect_view();
    view! {
        <ui::Card flush=true>
            <ui::Table caption=texts.queue columns=columns>{rows}</ui::Table>
        </ui::Card>
    }
}
