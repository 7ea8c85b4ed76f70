use contract::staff::StaffRight::{SecurityManage, Support, VisitsRead};

use super::{
    Source::{SupportSession, Tenant, Text},
    StaffFunction, function,
};

pub const FUNCTIONS: &[StaffFunction] = &[
    function(
        "/api/app/platform/support/list_support_sessions/list_support_sessions",
        VisitsRead,
        &[],
    ),
    function(
        "/api/app/platform/support/get_support_session/get_support_session",
        VisitsRead,
        &[("session", SupportSession)],
    ),
    function(
        "/api/app/platform/support/choose_support/choose_support",
        Support,
        &[("tenant", Tenant)],
    ),
    function(
        "/api/app/platform/support/request_support/request_support",
        Support,
        &[
            ("tenant", Tenant),
            ("areas[]", Text("work")),
            ("mode", Text("read")),
            ("hours", Text("4")),
            ("reason", Text("They cannot find their project")),
        ],
    ),
    function(
        "/api/app/platform/support/hand_off_support/hand_off_support",
        Support,
        &[("session", SupportSession)],
    ),
    function(
        "/api/app/platform/support/enter_support/enter_support",
        Support,
        &[("session", SupportSession), ("ticket", Text("nothing"))],
    ),
    function(
        "/api/app/platform/support/leave_support/leave_support",
        Support,
        &[("session", SupportSession)],
    ),
    function(
        "/api/app/platform/support/revoke_support/revoke_support",
        SecurityManage,
        &[("session", SupportSession)],
    ),
];
