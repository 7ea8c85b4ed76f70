//! Projects and tasks.

use contract::iam::Permission as P;

use crate::functions::{
    Function,
    Guard::Right,
    Source::{ArchivedProject, BinnedProject, BinnedTask, Guest, Org, Project, Task, Text, Workspace},
    function, own_hands,
};

pub const FUNCTIONS: &[Function] = &[
    function(
        "/api/app/org/projects/list_projects/list_projects",
        Right(P::ProjectsRead),
        &[("org", Org)],
    ),
    function(
        "/api/app/org/projects/search_projects/search_projects",
        Right(P::ProjectsRead),
        &[("org", Org), ("text", Text("e"))],
    ),
    function(
        "/api/app/org/projects/get_project/get_project",
        Right(P::ProjectsRead),
        &[("org", Org), ("project", Project)],
    ),
    function(
        "/api/app/org/projects/create_project/create_project",
        Right(P::ProjectsCreate),
        &[("org", Org), ("name", Text("Planted"))],
    ),
    function(
        "/api/app/org/projects/update_project/update_project",
        Right(P::ProjectsUpdate),
        &[
            ("org", Org),
            ("project", Project),
            ("name", Text("Mine")),
            ("description", Text("")),
        ],
    ),
    function(
        "/api/app/org/projects/rename_project/rename_project",
        Right(P::ProjectsUpdate),
        &[("org", Org), ("project", Project), ("name", Text("Mine"))],
    ),
    function(
        "/api/app/org/projects/archive_project/archive_project",
        Right(P::ProjectsUpdate),
        &[("org", Org), ("project", Project)],
    ),
    function(
        "/api/app/org/projects/unarchive_project/unarchive_project",
        Right(P::ProjectsUpdate),
        &[("org", Org), ("project", ArchivedProject)],
    ),
    function(
        "/api/app/org/projects/delete_project/delete_project",
        Right(P::ProjectsDelete),
        &[("org", Org), ("project", Project)],
    ),
    function(
        "/api/app/org/projects/restore_project/restore_project",
        Right(P::ProjectsDelete),
        &[("org", Org), ("project", BinnedProject)],
    ),
    function(
        "/api/app/org/projects/create_task/create_task",
        Right(P::TasksCreate),
        &[("org", Org), ("project", Project), ("title", Text("Planted"))],
    ),
    function(
        "/api/app/org/projects/update_task/update_task",
        Right(P::TasksUpdate),
        &[("org", Org), ("task", Task), ("title", Text("Mine"))],
    ),
    function(
        "/api/app/org/projects/set_task_state/set_task_state",
        Right(P::TasksUpdate),
        &[("org", Org), ("task", Task), ("state", Text("done"))],
    ),
    function(
        "/api/app/org/projects/plan_task/plan_task",
        Right(P::TasksUpdate),
        &[("org", Org), ("task", Task), ("due_on", Text("2026-05-01"))],
    ),
    function(
        "/api/app/org/projects/delete_task/delete_task",
        Right(P::TasksDelete),
        &[("org", Org), ("task", Task)],
    ),
    function(
        "/api/app/org/projects/restore_task/restore_task",
        Right(P::TasksDelete),
        &[("org", Org), ("task", BinnedTask)],
    ),
    function(
        "/api/app/org/projects/get_project_access/get_project_access",
        Right(P::ProjectsRead),
        &[("org", Org), ("project", Project)],
    ),
    own_hands(
        "/api/app/org/projects/share_project/share_project",
        Right(P::ProjectsUpdate),
        &[
            ("org", Org),
            ("project", Project),
            ("workspace", Workspace),
            ("visibility", Text("organization")),
        ],
    ),
    own_hands(
        "/api/app/org/projects/give_project/give_project",
        Right(P::ProjectsUpdate),
        &[("org", Org), ("project", Project), ("person", Guest)],
    ),
    own_hands(
        "/api/app/org/projects/take_back_project/take_back_project",
        Right(P::ProjectsUpdate),
        &[("org", Org), ("project", Project), ("person", Guest)],
    ),
];
