use contract::staff::StaffRight::{ReportsManage, ReportsRead};

use super::{
    Source::{Report, Text},
    StaffFunction, function,
};

pub const FUNCTIONS: &[StaffFunction] = &[
    function("/api/app/platform/reports/list_reports/list_reports", ReportsRead, &[]),
    function(
        "/api/app/platform/reports/get_report/get_report",
        ReportsRead,
        &[("report", Report)],
    ),
    function(
        "/api/app/platform/reports/take_report/take_report",
        ReportsManage,
        &[("report", Report)],
    ),
    function(
        "/api/app/platform/reports/move_report/move_report",
        ReportsManage,
        &[("report", Report), ("state", Text("resolved"))],
    ),
    function(
        "/api/app/platform/reports/write_report_note/write_report_note",
        ReportsManage,
        &[("report", Report), ("note", Text("Seen it here too"))],
    ),
];
