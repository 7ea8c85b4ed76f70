use contract::staff::StaffRight::{StaffManage, StaffRead};

use super::{
    Source::{Staff, StaffInvitation, Text},
    StaffFunction, function,
};

pub const FUNCTIONS: &[StaffFunction] = &[
    function("/api/app/platform/staff/list_staff/list_staff", StaffRead, &[]),
    function(
        "/api/app/platform/staff/list_staff_invitations/list_staff_invitations",
        StaffRead,
        &[],
    ),
    function(
        "/api/app/platform/staff/get_staff/get_staff",
        StaffRead,
        &[("user", Staff)],
    ),
    function(
        "/api/app/platform/staff/invite_staff/invite_staff",
        StaffManage,
        &[("email", Text("new@example.test")), ("role", Text("support"))],
    ),
    function(
        "/api/app/platform/staff/resend_staff_invitation/resend_staff_invitation",
        StaffManage,
        &[("invitation", StaffInvitation)],
    ),
    function(
        "/api/app/platform/staff/take_back_staff_invitation/take_back_staff_invitation",
        StaffManage,
        &[("invitation", StaffInvitation)],
    ),
    function(
        "/api/app/platform/staff/change_staff_role/change_staff_role",
        StaffManage,
        &[("user", Staff), ("role", Text("support"))],
    ),
    function(
        "/api/app/platform/staff/end_staff/end_staff",
        StaffManage,
        &[("user", Staff)],
    ),
];
