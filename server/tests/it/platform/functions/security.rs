use contract::staff::StaffRight::{SecurityManage, SecurityRead};

use super::{Source::Text, StaffFunction, function};

pub const FUNCTIONS: &[StaffFunction] = &[
    function(
        "/api/app/platform/security/see_security/see_security",
        SecurityRead,
        &[("asked", Text("ann@example.test"))],
    ),
    function(
        "/api/app/platform/security/lift_lockout/lift_lockout",
        SecurityManage,
        &[("policy", Text("sign_in_by_account")), ("key", Text("00ff"))],
    ),
    function(
        "/api/app/platform/security/lift_storm/lift_storm",
        SecurityManage,
        &[("policy", Text("sign_in_by_account"))],
    ),
    function(
        "/api/app/platform/security/block_address/block_address",
        SecurityManage,
        &[
            ("address", Text("203.0.113.5")),
            ("period", Text("hour")),
            ("reason", Text("Guesses passwords")),
        ],
    ),
    function(
        "/api/app/platform/security/lift_block/lift_block",
        SecurityManage,
        &[("address", Text("203.0.113.5"))],
    ),
];
