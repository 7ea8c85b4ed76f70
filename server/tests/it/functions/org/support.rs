//! Whom of the house it lets in, and who was there.

use contract::iam::Permission as P;

use crate::functions::{
    Function,
    Guard::Right,
    Source::{Org, SupportRequest, SupportSession, Text, Visit},
    function, own_hands,
};

pub const FUNCTIONS: &[Function] = &[
    function(
        "/api/app/org/access/list_access/list_access",
        Right(P::AuditRead),
        &[("org", Org)],
    ),
    function(
        "/api/app/org/access/get_access/get_access",
        Right(P::AuditRead),
        &[("org", Org), ("visit", Visit)],
    ),
    own_hands(
        "/api/app/org/access/end_visit/end_visit",
        Right(P::TenantDelete),
        &[("org", Org), ("visit", Visit)],
    ),
    function(
        "/api/app/org/support/support_overview/support_overview",
        Right(P::TenantUpdate),
        &[("org", Org)],
    ),
    function(
        "/api/app/org/support/support_session/support_session",
        Right(P::TenantUpdate),
        &[("org", Org), ("session", SupportSession)],
    ),
    own_hands(
        "/api/app/org/support/set_support_policy/set_support_policy",
        Right(P::TenantUpdate),
        &[("org", Org), ("policy", Text("always_read_only"))],
    ),
    own_hands(
        "/api/app/org/support/offer_support/offer_support",
        Right(P::TenantUpdate),
        &[
            ("org", Org),
            ("areas[]", Text("work")),
            ("mode", Text("read")),
            ("hours", Text("4")),
            ("reason", Text("Our board looks strange")),
        ],
    ),
    own_hands(
        "/api/app/org/support/approve_support/approve_support",
        Right(P::TenantUpdate),
        &[("org", Org), ("session", SupportRequest), ("hours", Text("1"))],
    ),
    own_hands(
        "/api/app/org/support/deny_support/deny_support",
        Right(P::TenantUpdate),
        &[("org", Org), ("session", SupportRequest)],
    ),
    own_hands(
        "/api/app/org/support/end_support/end_support",
        Right(P::TenantUpdate),
        &[("org", Org), ("session", SupportSession)],
    ),
];
