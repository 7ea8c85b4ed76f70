//! Workspaces.

use contract::iam::Permission as P;

use crate::functions::{
    Function,
    Guard::Right,
    Source::{Guest, Org, Text, Workspace},
    function,
};

pub const FUNCTIONS: &[Function] = &[
    function(
        "/api/app/org/workspaces/list_workspaces/list_workspaces",
        Right(P::ProjectsRead),
        &[("org", Org)],
    ),
    function(
        "/api/app/org/workspaces/workspace_choices/workspace_choices",
        Right(P::ProjectsRead),
        &[("org", Org)],
    ),
    function(
        "/api/app/org/workspaces/get_workspace/get_workspace",
        Right(P::ProjectsRead),
        &[("org", Org), ("workspace", Workspace)],
    ),
    function(
        "/api/app/org/workspaces/create_workspace/create_workspace",
        Right(P::WorkspacesManage),
        &[("org", Org), ("name", Text("Planted"))],
    ),
    function(
        "/api/app/org/workspaces/rename_workspace/rename_workspace",
        Right(P::WorkspacesManage),
        &[("org", Org), ("workspace", Workspace), ("name", Text("Team"))],
    ),
    function(
        "/api/app/org/workspaces/add_workspace_member/add_workspace_member",
        Right(P::WorkspacesManage),
        &[("org", Org), ("workspace", Workspace), ("person", Guest)],
    ),
    function(
        "/api/app/org/workspaces/remove_workspace_member/remove_workspace_member",
        Right(P::WorkspacesManage),
        &[("org", Org), ("workspace", Workspace), ("person", Guest)],
    ),
    function(
        "/api/app/org/workspaces/delete_workspace/delete_workspace",
        Right(P::WorkspacesManage),
        &[
            ("org", Org),
            ("workspace", Workspace),
            ("confirm", Text("Team")),
            ("projects", Text("organization")),
        ],
    ),
];
