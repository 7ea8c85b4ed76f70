use contract::staff::StaffRight::{BillingRead, BillingRepair};

use super::{
    Source::{Tenant, Text},
    StaffFunction, function,
};

pub const FUNCTIONS: &[StaffFunction] = &[
    function(
        "/api/app/platform/billing/list_drifts/list_drifts",
        BillingRead,
        &[("query[kind]", Text("seat_drift"))],
    ),
    function(
        "/api/app/platform/billing/look_at_bills/look_at_bills",
        BillingRead,
        &[("tenant", Tenant)],
    ),
    function(
        "/api/app/platform/billing/preview_repair/preview_repair",
        BillingRepair,
        &[
            ("tenant", Tenant),
            ("kind", Text("take_back")),
            ("chosen", Text("true")),
        ],
    ),
    function(
        "/api/app/platform/billing/repair_bills/repair_bills",
        BillingRepair,
        &[
            ("tenant", Tenant),
            ("kind", Text("complimentary")),
            ("plan", Text("business")),
            ("reason", Text("They were promised it on the phone")),
            ("seen", Text("")),
        ],
    ),
];
