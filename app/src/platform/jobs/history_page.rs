//! `/platform/jobs/history`: what became of jobs.

use contract::{
    jobs::{JobRun, JobRuns},
    staff::StaffRight,
};
use leptos::prelude::*;
use url::form_urlencoded::Serializer;

use super::{
    history::history,
    views::{HISTORY, Older, Views, tasks},
};
use crate::{
    frame::platform::{Section, platform_page},
    messages,
    page::{self, PageTitle},
};

/// The value of the choice between all runs and those that failed.
const FAILED: &str = "failed";

#[component]
pub fn JobHistoryPage() -> impl IntoView {
    platform_page(Section::Jobs, StaffRight::JobsRead, |_| async {
        let task = page::query("task").unwrap_or_default();
        let failed = page::query("outcome").is_some_and(|outcome| outcome == FAILED);
        let before = page::query("before").unwrap_or_default();
        let found = history(task.clone(), failed, before).await?;
        Ok(view! { <History found=found task=task failed=failed/> }.into_any())
    })
}

#[component]
fn History(found: JobRuns, task: String, failed: bool) -> impl IntoView {
    let texts = &messages::current().jobs;
    let older = found.older.map(|before| {
        let mut query = Serializer::new(String::new());
        query.append_pair("task", &task);
        if failed {
            query.append_pair("outcome", FAILED);
        }
        format!("{HISTORY}?{}", query.append_pair("before", &before).finish())
    });
    let outcomes = vec![
        ui::SelectOption::new("", texts.any_outcome),
        ui::SelectOption::new(FAILED, texts.only_failed),
    ];
    let chosen = if failed { FAILED } else { "" };
    let list = if found.runs.is_empty() {
        view! {
            <ui::EmptyState title=texts.no_runs_title text=texts.no_runs_text icon=ui::IconName::Search>
                <ui::Button href=HISTORY variant=ui::ButtonVariant::Secondary>{texts.clear}</ui::Button>
            </ui::EmptyState>
        }
        .into_any()
    } else {
        view! { <Runs runs=found.runs/> }.into_any()
    };
    view! {
        <PageTitle text=texts.history/>
        <ui::PageHeader title=texts.title description=texts.history_text/>
        <Views current=HISTORY/>
        <form class="toolbar" method="get" action=HISTORY role="search">
            <ui::Select name="task" label=texts.column_task options=tasks() selected=task/>
            <ui::Select name="outcome" label=texts.column_outcome options=outcomes selected=chosen/>
            <ui::Button variant=ui::ButtonVariant::Secondary>{texts.apply}</ui::Button>
        </form>
        {list}
        <Older href=older/>
    }
}

#[component]
fn Runs(runs: Vec<JobRun>) -> impl IntoView {
    let texts = &messages::current().jobs;
    let columns = vec![
        ui::Column::new(texts.column_task),
        ui::Column::new(texts.column_outcome),
        ui::Column::new(texts.column_finished),
        ui::Column::figures(texts.column_tries),
        ui::Column::figures(texts.column_took),
    ];
    let rows = runs
        .into_iter()
        .map(|run| {
            let (tone, word) = if run.succeeded {
                (ui::Tone::Success, texts.succeeded)
            } else {
                (ui::Tone::Danger, texts.failed)
            };
            let error = run.error.map(|error| view! { <p class="list-detail">{error}</p> });
            view! {
                <ui::TableRow>
                    <ui::TableCell main=true>{run.task} {error}</ui::TableCell>
                    <ui::TableCell label=texts.column_outcome><ui::Badge tone=tone>{word}</ui::Badge></ui::TableCell>
                    <ui::TableCell label=texts.column_finished>
                        <ui::DateTime instant=run.finished.iso.clone() exact=run.finished.iso text=run.finished.text/>
                    </ui::TableCell>
                    <ui::TableCell label=texts.column_tries align=ui::Align::End>{run.attempt}</ui::TableCell>
                    <ui::TableCell label=texts.column_took align=ui::Align::End>{run.took_ms} " ms"</ui::TableCell>
                </ui::TableRow>
            }
        })
        .collect_view();
    view! {
        <ui::Card flush=true>
            <ui::Table caption=texts.history columns=columns>{rows}</ui::Table>
        </ui::Card>
    }
}
