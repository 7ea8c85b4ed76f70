//! One task: its box to tick, its title edited in place, who and when, and the panel that changes these.

use contract::{
    ids::TaskId,
    task::{Assignee, TaskRow, TaskState},
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    delete_task::DeleteTask, plan_task::PlanTask, rights::Rights, set_task_state::SetTaskState,
    update_task::UpdateTask, view::ProjectView,
};
use crate::{form::FormState, messages, org::post_form::PostForm};

/// Nobody, and everybody a task can be given to.
pub fn assignee_options(assignees: &[Assignee]) -> Vec<ui::SelectOption> {
    let nobody = ui::SelectOption::new("", messages::current().projects.nobody);
    let people = assignees
        .iter()
        .map(|person| ui::SelectOption::new(person.id.to_string(), person.name.clone()));
    std::iter::once(nobody).chain(people).collect()
}

/// What every form of a row sends along: which task, and back to this row.
fn fields(view: &ProjectView, task: TaskId) -> Vec<(&'static str, String)> {
    vec![
        ("org", view.org.clone()),
        ("task", task.to_string()),
        (
            "back",
            format!(
                "{}#task-{task}",
                ProjectView {
                    added: false,
                    edit: false,
                    ..view.clone()
                }
                .path()
            ),
        ),
    ]
}

#[component]
pub fn TaskListRow<'a>(
    task: TaskRow,
    assignees: &'a [Assignee],
    rights: Rights,
    view: &'a ProjectView,
) -> impl IntoView + use<> {
    let done = task.state == TaskState::Done;
    let id = format!("task-{}", task.id);
    let panel = (rights.update_tasks && view.task == Some(task.id))
        .then(|| view! { <Panel task=task.clone() assignees=assignees view=view/> });
    let menu = (rights.update_tasks || rights.delete_tasks)
        .then(|| view! { <RowMenu task=task.clone() rights=rights view=view/> });
    view! {
        <li class="list-row task" class:task-done=done id=id>
            <Tick task=task.clone() rights=rights view=view/>
            <div class="list-main">
                <Title task=task.clone() rights=rights view=view/>
                <Facts task=task/>
            </div>
            {menu}
            {panel}
        </li>
    }
}

#[component]
fn Tick<'a>(task: TaskRow, rights: Rights, view: &'a ProjectView) -> impl IntoView + use<> {
    let texts = &messages::current().projects;
    let icon = match task.state {
        TaskState::Open => ui::IconName::Circle,
        TaskState::InProgress => ui::IconName::HalfCircle,
        TaskState::Done => ui::IconName::Success,
    };
    if !rights.update_tasks {
        return view! { <ui::Icon name=icon label=(texts.state)(task.state)/> }.into_any();
    }
    let (label, to) = match task.state {
        TaskState::Done => ((texts.reopen)(&task.title), TaskState::Open),
        TaskState::Open | TaskState::InProgress => ((texts.mark_done)(&task.title), TaskState::Done),
    };
    view! {
        <PostForm action=SetTaskState::PATH fields=fields(view, task.id)>
            <ui::IconButton icon=icon label=label name="state" value=to.key() size=ui::ButtonSize::Small/>
        </PostForm>
    }
    .into_any()
}

#[component]
fn Title<'a>(task: TaskRow, rights: Rights, view: &'a ProjectView) -> impl IntoView + use<> {
    let texts = &messages::current().projects;
    if !rights.update_tasks {
        return view! { <p class="list-title">{task.title}</p> }.into_any();
    }
    let hidden = fields(view, task.id)
        .into_iter()
        .map(|(name, value)| (name.into(), value.into()))
        .collect::<Vec<_>>();
    let typed = FormState::of_where::<UpdateTask>("task", &task.id.to_string()).value_or("title", &task.title);
    view! {
        <div class="list-title">
            <ui::InlineEdit
                action=UpdateTask::PATH
                name="title"
                value=typed
                label=texts.task_title
                edit_label=texts.edit_task_title
                save_label=texts.save
                saved_label=texts.saved
                error_label=texts.task_title_failed
                hidden=hidden
                max_length=200
            />
        </div>
    }
    .into_any()
}

#[component]
fn Facts(task: TaskRow) -> impl IntoView {
    let texts = &messages::current().projects;
    let started = (task.state == TaskState::InProgress)
        .then(|| view! { <ui::Badge tone=ui::Tone::Info>{(texts.state)(TaskState::InProgress)}</ui::Badge> });
    let overdue = task
        .overdue
        .then(|| view! { <ui::Badge tone=ui::Tone::Danger icon=ui::IconName::Clock>{texts.overdue}</ui::Badge> });
    let due = task.due.map(|day| view! { <span>{(texts.due_on)(&day)}</span> });
    let assignee = task.assignee.map(|person| {
        view! {
            <span class="row">
                <ui::Avatar name=person.name.clone() size=ui::AvatarSize::Tiny/> {person.name}
            </span>
        }
    });
    let any = started.is_some() || overdue.is_some() || due.is_some() || assignee.is_some();
    any.then(|| view! { <div class="list-detail row">{started} {overdue} {due} {assignee}</div> })
}

#[component]
fn RowMenu<'a>(task: TaskRow, rights: Rights, view: &'a ProjectView) -> impl IntoView + use<> {
    let texts = &messages::current().projects;
    let fields = fields(view, task.id);
    let states = rights.update_tasks.then(|| {
        let items = TaskState::ALL
            .iter()
            .map(|&state| {
                view! {
                    <ui::MenuItem name="state" value=state.key() current=state == task.state>{(texts.mark)(state)}</ui::MenuItem>
                }
            })
            .collect_view();
        let panel = format!("{}#task-{}", view.with_task(task.id).path(), task.id);
        view! {
            <PostForm action=SetTaskState::PATH fields=fields.clone()>{items}</PostForm>
            <ui::MenuSeparator/>
            <ui::MenuItem href=panel icon=ui::IconName::Calendar>{texts.assign_and_due}</ui::MenuItem>
        }
    });
    let delete = rights.delete_tasks.then(|| {
        view! {
            <PostForm action=DeleteTask::PATH fields=fields.clone()>
                <ui::MenuItem icon=ui::IconName::Trash tone=ui::Tone::Danger>{texts.delete}</ui::MenuItem>
            </PostForm>
        }
    });
    view! {
        <ui::Menu label=(texts.task_actions)(&task.title) align=ui::MenuAlign::End>{states} {delete}</ui::Menu>
    }
}

/// Who and when. It is open on one row at a time, so that a long list does not carry a list of people on every row.
#[component]
fn Panel<'a>(task: TaskRow, assignees: &'a [Assignee], view: &'a ProjectView) -> impl IntoView + use<> {
    let texts = &messages::current().projects;
    let assignee = task
        .assignee
        .as_ref()
        .map(|person| person.id.to_string())
        .unwrap_or_default();
    let mut options = assignee_options(assignees);
    // Somebody who no longer sees the project, or is suspended, keeps it until somebody else is chosen.
    if let Some(person) = task.assignee.as_ref().filter(|person| !assignees.contains(person)) {
        options.push(ui::SelectOption::new(person.id.to_string(), person.name.clone()));
    }
    let fields = fields(view, task.id);
    let form = FormState::of_where::<PlanTask>("task", &task.id.to_string());
    let close = format!("{}#task-{}", view.plain().path(), task.id);
    view! {
        <PostForm action=PlanTask::PATH fields=fields class="task-panel">
            <ui::Select
                id="task-assignee"
                name="assignee"
                label=texts.assignee
                options=options
                selected=form.value_or("assignee", &assignee)
                error=form.field_error("assignee")
            />
            <ui::TextInput
                id="task-due"
                name="due_on"
                kind=ui::InputKind::Date
                label=texts.due
                value=form.value_or("due_on", task.due_on.as_deref().unwrap_or_default())
                error=form.field_error("due_on")
            />
            <div class="row">
                <ui::Button>{texts.save}</ui::Button>
                <ui::Button href=close variant=ui::ButtonVariant::Quiet>{texts.cancel}</ui::Button>
            </div>
        </PostForm>
    }
}
