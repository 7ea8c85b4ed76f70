//! What a page shows, as it stands in its URL. What a URL says wrongly is taken as not said.

use contract::{
    ids::{TaskId, WorkspaceId},
    project::{ProjectFilter, ProjectQuery, ProjectSort},
};
use url::form_urlencoded::Serializer;

use crate::page;

/// Longer than any name there is.
const LONGEST_SEARCH: usize = 100;

/// The query of the list, read from the URL of this request.
pub fn project_query() -> ProjectQuery {
    ProjectQuery {
        search: searched(&page::query("search").unwrap_or_default()),
        filter: page::query("filter")
            .and_then(|key| ProjectFilter::from_key(&key))
            .unwrap_or_default(),
        workspace: page::query("workspace").and_then(|id| id.parse::<WorkspaceId>().ok()),
        sort: page::query("sort")
            .and_then(|key| ProjectSort::from_key(&key))
            .unwrap_or_default(),
        page: page::query("page")
            .and_then(|number| number.parse().ok())
            .unwrap_or(1)
            .max(1),
    }
}

/// What is looked for, as somebody typed it.
pub fn searched(text: &str) -> String {
    text.trim()
        .chars()
        .filter(|c| !c.is_control())
        .take(LONGEST_SEARCH)
        .collect()
}

/// The list at this query, without what goes without saying.
pub fn list_path(org: &str, query: &ProjectQuery) -> String {
    let mut pairs = Serializer::new(String::new());
    if !query.search.is_empty() {
        pairs.append_pair("search", &query.search);
    }
    if query.filter != ProjectFilter::default() {
        pairs.append_pair("filter", query.filter.key());
    }
    if let Some(workspace) = query.workspace {
        pairs.append_pair("workspace", &workspace.to_string());
    }
    if query.sort != ProjectSort::default() {
        pairs.append_pair("sort", query.sort.key());
    }
    if query.page > 1 {
        pairs.append_pair("page", &query.page.to_string());
    }
    joined(format!("/o/{org}/projects"), &pairs.finish())
}

/// Which tasks of a project are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TaskFilter {
    #[default]
    All,
    Open,
    Done,
}

impl TaskFilter {
    pub const ALL: &[Self] = &[Self::All, Self::Open, Self::Done];

    const fn key(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Open => "open",
            Self::Done => "done",
        }
    }
}

/// A project's page: which tasks, and what is open on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectView {
    pub org: String,
    pub project: String,
    pub tasks: TaskFilter,
    /// The task whose assignee and due date are being changed.
    pub task: Option<TaskId>,
    /// The project's own form is open.
    pub edit: bool,
    /// A task was added just now, and the next may follow.
    pub added: bool,
}

impl ProjectView {
    /// Read from the URL of this request.
    pub fn requested(org: String, project: String) -> Self {
        let tasks = page::query("tasks");
        Self {
            org,
            project,
            tasks: TaskFilter::ALL
                .iter()
                .copied()
                .find(|filter| tasks.as_deref() == Some(filter.key()))
                .unwrap_or_default(),
            task: page::query("task").and_then(|id| id.parse().ok()),
            edit: page::query("edit").is_some(),
            added: page::query("added").is_some(),
        }
    }

    /// The page with these tasks and nothing open on it.
    pub fn showing(&self, tasks: TaskFilter) -> Self {
        Self {
            tasks,
            task: None,
            edit: false,
            added: false,
            ..self.clone()
        }
    }

    /// The same tasks and nothing open.
    pub fn plain(&self) -> Self {
        self.showing(self.tasks)
    }

    /// The same tasks with the panel of one open.
    pub fn with_task(&self, task: TaskId) -> Self {
        Self {
            task: Some(task),
            ..self.plain()
        }
    }

    /// Its address without what is shown of it.
    pub fn place(&self) -> String {
        format!("/o/{}/projects/{}", self.org, self.project)
    }

    pub fn path(&self) -> String {
        let mut pairs = Serializer::new(String::new());
        if self.tasks != TaskFilter::default() {
            pairs.append_pair("tasks", self.tasks.key());
        }
        if let Some(task) = self.task {
            pairs.append_pair("task", &task.to_string());
        }
        if self.edit {
            pairs.append_pair("edit", "1");
        }
        if self.added {
            pairs.append_pair("added", "1");
        }
        joined(self.place(), &pairs.finish())
    }
}

fn joined(path: String, query: &str) -> String {
    if query.is_empty() {
        path
    } else {
        format!("{path}?{query}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_says_only_what_differs() {
        let query = ProjectQuery {
            page: 1,
            ..ProjectQuery::default()
        };
        assert_eq!(list_path("acme", &query), "/o/acme/projects");
        let query = ProjectQuery {
            search: "a&b c".to_owned(),
            filter: ProjectFilter::Bin,
            workspace: Some("01890a5d-ac96-774b-bcce-b302099a8057".parse().unwrap()),
            sort: ProjectSort::Name,
            page: 2,
        };
        assert_eq!(
            list_path("acme", &query),
            "/o/acme/projects?search=a%26b+c&filter=bin&workspace=01890a5d-ac96-774b-bcce-b302099a8057&sort=name&page=2"
        );
    }

    #[test]
    fn a_panel_is_closed_by_the_plain_page() {
        let view = ProjectView {
            org: "acme".to_owned(),
            project: "1".to_owned(),
            tasks: TaskFilter::Open,
            task: None,
            edit: true,
            added: true,
        };
        assert_eq!(view.plain().path(), "/o/acme/projects/1?tasks=open");
        assert_eq!(view.path(), "/o/acme/projects/1?tasks=open&edit=1&added=1");
        assert_eq!(view.showing(TaskFilter::All).path(), "/o/acme/projects/1");
    }
}
