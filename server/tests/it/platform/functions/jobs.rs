use contract::staff::StaffRight::{JobsManage, JobsRead};

use super::{
    Source::{Job, Text},
    StaffFunction, function,
};

pub const FUNCTIONS: &[StaffFunction] = &[
    function(
        "/api/app/platform/jobs/board/board",
        JobsRead,
        &[("standing", Text("ready"))],
    ),
    function(
        "/api/app/platform/jobs/look_at_job/look_at_job",
        JobsRead,
        &[("job", Job)],
    ),
    function(
        "/api/app/platform/jobs/retry_job/retry_job",
        JobsManage,
        &[("job", Job)],
    ),
    function(
        "/api/app/platform/jobs/cancel_job/cancel_job",
        JobsManage,
        &[("job", Job)],
    ),
    function("/api/app/platform/jobs/history/history", JobsRead, &[]),
    function("/api/app/platform/jobs/schedule/schedule", JobsRead, &[]),
    function(
        "/api/app/platform/jobs/start_task/start_task",
        JobsManage,
        &[("task", Text("clean_up"))],
    ),
];
