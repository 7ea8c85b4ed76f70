//! Plans and bills.

use contract::iam::Permission as P;

use crate::functions::{
    Function,
    Guard::Right,
    Source::{Org, Project, Text},
    function,
};

pub const FUNCTIONS: &[Function] = &[
    function(
        "/api/app/org/billing/billing_overview/billing_overview",
        Right(P::BillingRead),
        &[("org", Org)],
    ),
    function(
        "/api/app/org/billing/plan_choices/plan_choices",
        Right(P::BillingRead),
        &[("org", Org)],
    ),
    function(
        "/api/app/org/billing/preview_change/preview_change",
        Right(P::BillingManage),
        &[
            ("org", Org),
            ("plan", Text("team")),
            ("interval", Text("month")),
            ("seats", Text("5")),
        ],
    ),
    function(
        "/api/app/org/billing/start_checkout/start_checkout",
        Right(P::BillingManage),
        &[
            ("org", Org),
            ("plan", Text("team")),
            ("interval", Text("month")),
            ("seats", Text("5")),
        ],
    ),
    function(
        "/api/app/org/billing/confirm_checkout/confirm_checkout",
        Right(P::BillingManage),
        &[("org", Org), ("checkout", Text("nothing"))],
    ),
    function(
        "/api/app/org/billing/change_plan/change_plan",
        Right(P::BillingManage),
        &[
            ("org", Org),
            ("plan", Text("team")),
            ("interval", Text("month")),
            ("seats", Text("5")),
            ("version", Text("0")),
        ],
    ),
    function(
        "/api/app/org/billing/change_seats/change_seats",
        Right(P::BillingManage),
        &[("org", Org), ("seats", Text("5")), ("version", Text("0"))],
    ),
    function(
        "/api/app/org/billing/drop_change/drop_change",
        Right(P::BillingManage),
        &[("org", Org)],
    ),
    function(
        "/api/app/org/billing/cancel_subscription/cancel_subscription",
        Right(P::BillingManage),
        &[("org", Org), ("reason", Text("just_testing"))],
    ),
    function(
        "/api/app/org/billing/undo_cancel/undo_cancel",
        Right(P::BillingManage),
        &[("org", Org)],
    ),
    function(
        "/api/app/org/billing/keep_choices/keep_choices",
        Right(P::BillingManage),
        &[("org", Org)],
    ),
    function(
        "/api/app/org/billing/keep_in_use/keep_in_use",
        Right(P::BillingManage),
        &[("org", Org), ("projects[]", Project)],
    ),
    function(
        "/api/app/org/billing/open_portal/open_portal",
        Right(P::BillingManage),
        &[("org", Org)],
    ),
    function(
        "/api/app/org/billing/open_invoice/open_invoice",
        Right(P::BillingRead),
        &[("org", Org), ("invoice", Text("nothing"))],
    ),
];
