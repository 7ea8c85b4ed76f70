//! Roles.

use contract::iam::Permission as P;

use crate::functions::{
    Function,
    Guard::Right,
    Source::{Org, Role, RoleVersion, Text},
    function,
};

pub const FUNCTIONS: &[Function] = &[
    function(
        "/api/app/org/roles/list_roles/list_roles",
        Right(P::RolesRead),
        &[("org", Org)],
    ),
    function(
        "/api/app/org/roles/get_role/get_role",
        Right(P::RolesRead),
        &[("org", Org), ("role", Role)],
    ),
    function(
        "/api/app/org/roles/create_role/create_role",
        Right(P::RolesManage),
        &[
            ("org", Org),
            ("name", Text("Planted")),
            ("permissions[]", Text("projects.read")),
        ],
    ),
    function(
        "/api/app/org/roles/update_role/update_role",
        Right(P::RolesManage),
        &[
            ("org", Org),
            ("role", Role),
            ("version", RoleVersion),
            ("name", Text("Mine")),
            ("permissions[]", Text("projects.read")),
        ],
    ),
    function(
        "/api/app/org/roles/delete_role/delete_role",
        Right(P::RolesManage),
        &[("org", Org), ("role", Role)],
    ),
];
