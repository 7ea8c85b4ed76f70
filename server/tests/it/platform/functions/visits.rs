use contract::staff::StaffRight::{Impersonate, ImpersonateElevated, SecurityManage, VisitsRead};

use super::{
    Source::{Tenant, Text, User, Visit},
    StaffFunction, function,
};

pub const FUNCTIONS: &[StaffFunction] = &[
    function("/api/app/platform/visits/list_visits/list_visits", VisitsRead, &[]),
    function(
        "/api/app/platform/visits/get_visit/get_visit",
        VisitsRead,
        &[("visit", Visit)],
    ),
    function(
        "/api/app/platform/visits/choose_visit/choose_visit",
        Impersonate,
        &[("tenant", Tenant), ("user", User)],
    ),
    function(
        "/api/app/platform/visits/begin_visit/begin_visit",
        Impersonate,
        &[
            ("tenant", Tenant),
            ("user", User),
            ("reason", Text("They cannot find their project")),
        ],
    ),
    function("/api/app/platform/visits/stop_visit/stop_visit", Impersonate, &[]),
    function(
        "/api/app/platform/visits/elevate_visit/elevate_visit",
        ImpersonateElevated,
        &[],
    ),
    function(
        "/api/app/platform/visits/revoke_visit/revoke_visit",
        SecurityManage,
        &[("visit", Visit)],
    ),
];
