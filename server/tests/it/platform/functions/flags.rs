use contract::staff::StaffRight::{FlagsManage, FlagsRead};

use super::{Source::Text, StaffFunction, function};

const FLAG: (&str, super::Source) = ("flag", Text("palette.projects"));

pub const FUNCTIONS: &[StaffFunction] = &[
    function("/api/app/platform/flags/list_flags/list_flags", FlagsRead, &[]),
    function("/api/app/platform/flags/get_flag/get_flag", FlagsRead, &[FLAG]),
    function(
        "/api/app/platform/flags/preview_flag/preview_flag",
        FlagsRead,
        &[FLAG, ("organization", Text("acme")), ("person", Text(""))],
    ),
    function(
        "/api/app/platform/flags/change_flag/change_flag",
        FlagsManage,
        &[FLAG, ("version", Text("0")), ("rollout", Text("25"))],
    ),
    function(
        "/api/app/platform/flags/override_flag/override_flag",
        FlagsManage,
        &[
            FLAG,
            ("level", Text("tenant")),
            ("subject", Text("acme")),
            ("value", Text("off")),
        ],
    ),
    function(
        "/api/app/platform/flags/remove_flag_override/remove_flag_override",
        FlagsManage,
        &[FLAG, ("level", Text("plan")), ("subject", Text("starter"))],
    ),
    function(
        "/api/app/platform/flags/forget_flag/forget_flag",
        FlagsManage,
        &[("key", Text("old.thing")), ("born", Text("2020-01-01"))],
    ),
];
