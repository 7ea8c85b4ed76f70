use contract::staff::StaffRight::{MaintenanceManage, MaintenanceRead};

use super::{
    Source::{Text, Window},
    StaffFunction, function,
};

pub const FUNCTIONS: &[StaffFunction] = &[
    function(
        "/api/app/platform/maintenance/list_windows/list_windows",
        MaintenanceRead,
        &[],
    ),
    function(
        "/api/app/platform/maintenance/order_maintenance/order_maintenance",
        MaintenanceManage,
        &[("level", Text("banner")), ("scope", Text("everything"))],
    ),
    function(
        "/api/app/platform/maintenance/end_maintenance/end_maintenance",
        MaintenanceManage,
        &[("window", Window)],
    ),
];
