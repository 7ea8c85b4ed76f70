use contract::staff::StaffRight::{IncidentsManage, IncidentsRead};

use super::{
    Source::{Incident, Text},
    StaffFunction, function,
};

pub const FUNCTIONS: &[StaffFunction] = &[
    function(
        "/api/app/platform/incidents/list_incidents/list_incidents",
        IncidentsRead,
        &[("filter", Text("all"))],
    ),
    function(
        "/api/app/platform/incidents/get_incident/get_incident",
        IncidentsRead,
        &[("incident", Incident)],
    ),
    function(
        "/api/app/platform/incidents/create_incident/create_incident",
        IncidentsManage,
        &[
            ("kind", Text("outage")),
            ("title", Text("Sign-in fails")),
            ("text", Text("We are looking into it.")),
        ],
    ),
    function(
        "/api/app/platform/incidents/post_update/post_update",
        IncidentsManage,
        &[
            ("incident", Incident),
            ("state", Text("identified")),
            ("text", Text("It is a disk.")),
        ],
    ),
    function(
        "/api/app/platform/incidents/correct_incident/correct_incident",
        IncidentsManage,
        &[
            ("incident", Incident),
            ("seen", Text("2026-11-22T10:00:00.000000Z")),
            ("title", Text("Older news")),
        ],
    ),
    function(
        "/api/app/platform/incidents/archive_incident/archive_incident",
        IncidentsManage,
        &[("incident", Incident)],
    ),
];
