//! The organization as a whole: made, named, paused, deleted; its log and its bin.

use contract::iam::Permission as P;

use crate::functions::{
    Function,
    Guard::{Member, Right, SignedIn},
    Source::{Org, Text},
    function, own_hands,
};

pub const FUNCTIONS: &[Function] = &[
    function(
        "/api/app/org/check_slug/check_slug",
        SignedIn,
        &[("value", Text("somewhere"))],
    ),
    function(
        "/api/app/org/create_organization/create_organization",
        SignedIn,
        &[("name", Text("Elsewhere")), ("slug", Text("elsewhere"))],
    ),
    function("/api/app/org/organization/organization", Member, &[("org", Org)]),
    function(
        "/api/app/org/update_organization/update_organization",
        Right(P::TenantUpdate),
        &[("org", Org), ("name", Text("Taken over")), ("slug", Text("taken-over"))],
    ),
    own_hands(
        "/api/app/org/require_second_factor/require_second_factor",
        Right(P::TenantUpdate),
        &[("org", Org)],
    ),
    function(
        "/api/app/org/audit/list_audit/list_audit",
        Right(P::AuditRead),
        &[("org", Org)],
    ),
    function(
        "/api/app/org/bin/list_bin/list_bin",
        Right(P::ProjectsDelete),
        &[("org", Org)],
    ),
    function(
        "/api/app/org/danger/ending/ending",
        Right(P::TenantDelete),
        &[("org", Org)],
    ),
    function(
        "/api/app/org/danger/deactivate_organization/deactivate_organization",
        Right(P::TenantDelete),
        &[("org", Org)],
    ),
    function(
        "/api/app/org/danger/reactivate_organization/reactivate_organization",
        Right(P::TenantDelete),
        &[("org", Org)],
    ),
    function(
        "/api/app/org/danger/delete_organization/delete_organization",
        Right(P::TenantDelete),
        &[("org", Org), ("confirm", Text("acme"))],
    ),
    function(
        "/api/app/org/danger/restore_organization/restore_organization",
        Right(P::TenantDelete),
        &[("org", Org)],
    ),
];
