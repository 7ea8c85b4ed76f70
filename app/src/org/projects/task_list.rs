//! The tasks of a project: what is open first, then what is done.

use contract::task::{Assignee, TaskRow, TaskState};
use leptos::prelude::*;

use super::{
    rights::Rights,
    task_row::TaskListRow,
    view::{ProjectView, TaskFilter},
};
use crate::messages;

#[component]
pub fn TaskList(tasks: Vec<TaskRow>, assignees: Vec<Assignee>, rights: Rights, view: ProjectView) -> impl IntoView {
    let texts = &messages::current().projects;
    if tasks.is_empty() {
        let text = if rights.create_tasks {
            texts.no_task_text
        } else {
            texts.no_task_text_reader
        };
        return view! {
            <ui::EmptyState title=texts.no_task_title text=text icon=ui::IconName::CheckSquare level=3/>
        }
        .into_any();
    }
    let all = tasks.len();
    let (done, open): (Vec<_>, Vec<_>) = tasks.into_iter().partition(|task| task.state == TaskState::Done);
    let tabs = TaskFilter::ALL
        .iter()
        .map(|&filter| {
            let (label, count) = match filter {
                TaskFilter::All => (texts.tasks_all, all),
                TaskFilter::Open => (texts.tasks_open, open.len()),
                TaskFilter::Done => (texts.tasks_done, done.len()),
            };
            ui::Tab::new(label, view.showing(filter).path(), filter == view.tasks).count(count.to_string())
        })
        .collect::<Vec<_>>();
    let shown = match view.tasks {
        TaskFilter::All => open.into_iter().chain(done).collect(),
        TaskFilter::Open => open,
        TaskFilter::Done => done,
    };
    let content = if shown.is_empty() {
        view! { <NoneShown view=view/> }.into_any()
    } else {
        let rows = shown
            .into_iter()
            .map(|task| view! { <TaskListRow task=task assignees=&assignees rights=rights view=&view/> })
            .collect_view();
        view! { <ui::Card flush=true><ul class="list">{rows}</ul></ui::Card> }.into_any()
    };
    view! {
        <ui::Tabs label=texts.task_filters tabs=tabs/>
        {content}
    }
    .into_any()
}

#[component]
fn NoneShown(view: ProjectView) -> impl IntoView {
    let texts = &messages::current().projects;
    let (title, text) = match view.tasks {
        TaskFilter::Done => (texts.no_done_task_title, texts.no_done_task_text),
        TaskFilter::All | TaskFilter::Open => (texts.no_open_task_title, texts.no_open_task_text),
    };
    view! {
        <ui::EmptyState title=title text=text icon=ui::IconName::CheckSquare level=3>
            <ui::Button href=view.showing(TaskFilter::All).path() variant=ui::ButtonVariant::Secondary>
                {texts.show_all_tasks}
            </ui::Button>
        </ui::EmptyState>
    }
}
