use contract::staff::StaffRight::AuditRead;

use super::{Source::Text, StaffFunction, function};

pub const FUNCTIONS: &[StaffFunction] = &[function(
    "/api/app/platform/audit/list_everything/list_everything",
    AuditRead,
    &[("query[organization]", Text("acme"))],
)];
