use contract::staff::StaffRight::{BillingRead, BillingRepair};

use super::{
    Source::{Event, Text},
    StaffFunction, function,
};

pub const FUNCTIONS: &[StaffFunction] = &[
    function(
        "/api/app/platform/webhooks/list_events/list_events",
        BillingRead,
        &[("query[event_type]", Text("order.paid"))],
    ),
    function(
        "/api/app/platform/webhooks/look_at_event/look_at_event",
        BillingRead,
        &[("event", Event)],
    ),
    function(
        "/api/app/platform/webhooks/replay_event/replay_event",
        BillingRepair,
        &[("event", Event)],
    ),
    function(
        "/api/app/platform/webhooks/preview_replay/preview_replay",
        BillingRepair,
        &[],
    ),
    function(
        "/api/app/platform/webhooks/replay_failed/replay_failed",
        BillingRepair,
        &[("counted", Text("1"))],
    ),
];
