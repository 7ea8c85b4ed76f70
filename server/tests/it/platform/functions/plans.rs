use contract::staff::StaffRight::{BillingRead, PlansManage};

use super::{Source::Text, StaffFunction, function};

pub const FUNCTIONS: &[StaffFunction] = &[
    function("/api/app/platform/plans/list_plans/list_plans", BillingRead, &[]),
    function(
        "/api/app/platform/plans/review_plan/review_plan",
        PlansManage,
        &[
            ("form[plan]", Text("team")),
            ("form[version]", Text("1")),
            ("form[name]", Text("Teams")),
        ],
    ),
    function(
        "/api/app/platform/plans/save_plan/save_plan",
        PlansManage,
        &[
            ("form[plan]", Text("team")),
            ("form[version]", Text("1")),
            ("form[name]", Text("Teams")),
        ],
    ),
];
