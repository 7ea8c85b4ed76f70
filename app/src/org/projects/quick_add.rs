//! Writing down one task after another: type, Enter, type. The line has the focus again when the page is back.

use contract::task::Assignee;
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    create_task::CreateTask,
    task_row::assignee_options,
    view::{ProjectView, TaskFilter},
};
use crate::{form::FormState, messages, org::post_form::HiddenFields, org::refusal};

#[component]
pub fn QuickAdd(view: ProjectView, assignees: Vec<Assignee>) -> impl IntoView {
    let texts = &messages::current().projects;
    let errors = &messages::current().errors;
    let form = FormState::of::<CreateTask>();
    let filled = |field: &str| form.value(field).is_some_and(|value| !value.is_empty());
    let open = filled("assignee") || filled("due_on");
    // Among those that are done the new one would not be seen.
    let tasks = if view.tasks == TaskFilter::Done {
        TaskFilter::All
    } else {
        view.tasks
    };
    let back = ProjectView {
        added: true,
        ..view.showing(tasks)
    }
    .path();
    view! {
        <form class="quick-add" method="post" action=CreateTask::PATH data-pending="">
            <ui::FormErrorSummary title=errors.summary_title errors=refusal::prefixed(form.summary(), "new-task")/>
            <HiddenFields fields=vec![("org", view.org), ("project", view.project), ("back", back)]/>
            <div class="form-inline">
                <ui::TextInput
                    id="new-task-title"
                    name="title"
                    label=texts.add_task
                    placeholder=texts.add_task_placeholder
                    value=form.value("title")
                    error=form.field_error("title")
                    autocomplete="off"
                    max_length=200
                    required=true
                    label_hidden=true
                    autofocus=view.added && !form.failed()
                />
                <ui::Button icon=ui::IconName::Plus>{texts.add}</ui::Button>
            </div>
            <details open=open>
                <summary class="small muted">{texts.add_task_details}</summary>
                <div class="form-row">
                    <ui::Select
                        id="new-task-assignee"
                        name="assignee"
                        label=texts.assignee
                        options=assignee_options(&assignees)
                        selected=form.value_or("assignee", "")
                        error=form.field_error("assignee")
                    />
                    <ui::TextInput
                        id="new-task-due_on"
                        name="due_on"
                        kind=ui::InputKind::Date
                        label=texts.due
                        value=form.value("due_on")
                        error=form.field_error("due_on")
                    />
                </div>
            </details>
        </form>
    }
}
