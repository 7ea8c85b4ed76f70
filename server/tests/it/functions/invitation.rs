//! Joining an organization.

use super::{
    Function,
    Guard::{Anybody, SignedIn},
    Source::Text,
    function,
};

pub const FUNCTIONS: &[Function] = &[
    function(
        "/api/app/invitation/look_up_invitation/look_up_invitation",
        Anybody,
        &[("code", Text("nothing"))],
    ),
    function(
        "/api/app/invitation/accept_invitation/accept_invitation",
        SignedIn,
        &[("code", Text("nothing"))],
    ),
    function(
        "/api/app/invitation/decline_invitation/decline_invitation",
        Anybody,
        &[("code", Text("nothing"))],
    ),
    function(
        "/api/app/invitation/ask_for_invitation/ask_for_invitation",
        Anybody,
        &[("code", Text("nothing"))],
    ),
    function(
        "/api/app/invitation/waiting_invitations/waiting_invitations",
        SignedIn,
        &[],
    ),
];
