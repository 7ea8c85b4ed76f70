//! The tasks of a project that were deleted, and the way back.

use contract::task::TaskRow;
use leptos::{prelude::*, server_fn::ServerFn};

use super::{restore_task::RestoreTask, rights::Rights, view::ProjectView};
use crate::{messages, org::post_form::PostForm};

/// Closed at first; nothing when nothing was deleted.
#[component]
pub fn TaskBin(tasks: Vec<TaskRow>, rights: Rights, view: ProjectView) -> impl IntoView {
    let texts = &messages::current().projects;
    if tasks.is_empty() {
        return ().into_any();
    }
    let count = u32::try_from(tasks.len()).unwrap_or(u32::MAX);
    let back = format!("{}#task-bin", view.plain().path());
    let rows = tasks
        .into_iter()
        .map(|task| {
            let fields = vec![
                ("org", view.org.clone()),
                ("task", task.id.to_string()),
                ("back", back.clone()),
            ];
            let label = (texts.restore_named)(&task.title);
            let restore = rights.delete_tasks.then(|| {
                view! {
                    <PostForm action=RestoreTask::PATH fields=fields>
                        <ui::IconButton icon=ui::IconName::Restore label=label size=ui::ButtonSize::Small/>
                    </PostForm>
                }
            });
            let deleted = task
                .deleted
                .map(|moment| view! { <p class="list-detail">{(texts.deleted_on)(&moment.text)}</p> });
            view! {
                <li class="list-row">
                    <div class="list-main"><p class="list-title">{task.title}</p> {deleted}</div>
                    {restore}
                </li>
            }
        })
        .collect_view();
    view! {
        <details class="task-bin" id="task-bin">
            <summary>{(texts.task_bin)(count)}</summary>
            <p class="small muted">{texts.task_bin_text}</p>
            <ui::Card flush=true><ul class="list">{rows}</ul></ui::Card>
        </details>
    }
    .into_any()
}
