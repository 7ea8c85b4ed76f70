//! Joining the staff.

use super::{
    Function,
    Guard::{Anybody, SignedIn},
    Source::Text,
    function,
};

pub const FUNCTIONS: &[Function] = &[
    function(
        "/api/app/staff_invitation/look_up_staff_invitation/look_up_staff_invitation",
        Anybody,
        &[("code", Text("nothing"))],
    ),
    function(
        "/api/app/staff_invitation/join_staff/join_staff",
        Anybody,
        &[
            ("code", Text("nothing")),
            ("name", Text("Somebody")),
            ("password", Text("correct horse battery staple 42")),
        ],
    ),
    function(
        "/api/app/staff_invitation/accept_staff_invitation/accept_staff_invitation",
        SignedIn,
        &[("code", Text("nothing"))],
    ),
];
