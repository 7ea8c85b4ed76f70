use contract::staff::StaffRight::StaffRead;

use super::{StaffFunction, function};

pub const FUNCTIONS: &[StaffFunction] = &[function(
    "/api/app/platform/staff/list_staff/list_staff",
    StaffRead,
    &[],
)];
