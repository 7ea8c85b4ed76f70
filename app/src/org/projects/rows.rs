//! Projects and tasks as their reader sees them: days and moments in the reader's own zone and language.

use chrono::NaiveDate;
use contract::{
    project::ProjectRow,
    task::{Assignee, TaskRow, TaskState},
};

use crate::{format::Formatter, org::workspaces::rows::named_workspace};

pub fn project_row(project: domain::projects::Project, formatter: Formatter) -> ProjectRow {
    ProjectRow {
        id: project.id,
        name: project.name,
        description: project.description,
        status: project.status,
        visibility: project.visibility,
        workspace: project.workspace.map(named_workspace),
        open_tasks: project.open_tasks,
        done_tasks: project.done_tasks,
        paused: project.paused,
        updated: formatter.moment(project.updated_at),
        deleted: project.deleted_at.map(|at| formatter.moment(at)),
    }
}

/// `today` is the reader's day: what was due before it and is not done is overdue.
pub fn task_row(task: domain::tasks::Task, formatter: Formatter, today: NaiveDate) -> TaskRow {
    TaskRow {
        id: task.id,
        overdue: task.state != TaskState::Done && task.due_on.is_some_and(|day| day < today),
        title: task.title,
        state: task.state,
        assignee: task.assignee.map(|(id, name)| Assignee { id, name }),
        due_on: task.due_on.map(|day| day.format("%Y-%m-%d").to_string()),
        due: task.due_on.map(|day| formatter.day(day)),
        deleted: task.deleted_at.map(|at| formatter.moment(at)),
    }
}

#[cfg(test)]
mod tests {
    use contract::{ids::TaskId, preferences::Locale};

    use super::*;

    #[test]
    fn a_task_is_overdue_from_the_day_after_until_it_is_done() {
        let formatter = Formatter {
            locale: Locale::English,
            zone: chrono_tz::UTC,
        };
        let day = NaiveDate::from_ymd_opt(2026, 5, 3).unwrap();
        let row = |state, today| {
            let task = domain::tasks::Task {
                id: TaskId("01890a5d-ac96-774b-bcce-b302099a8057".parse().unwrap()),
                title: "Paint".to_owned(),
                state,
                assignee: None,
                due_on: Some(day),
                deleted_at: None,
            };
            task_row(task, formatter, today)
        };
        assert!(!row(TaskState::Open, day).overdue);
        assert!(row(TaskState::Open, day.succ_opt().unwrap()).overdue);
        assert!(!row(TaskState::Done, day.succ_opt().unwrap()).overdue);
        assert_eq!(row(TaskState::Open, day).due_on.as_deref(), Some("2026-05-03"));
    }
}
