use contract::staff::StaffRight::{OverviewRead, TenantsManage, TenantsRead, UsersManage, UsersRead};

use super::{
    Source::{self, Tenant, Text, User},
    StaffFunction, function,
};

const REASON: Source = Text("It sends mail that nobody asked for");

pub const FUNCTIONS: &[StaffFunction] = &[
    function(
        "/api/app/platform/overview/house_overview/house_overview",
        OverviewRead,
        &[],
    ),
    function("/api/app/platform/tenants/list_tenants/list_tenants", TenantsRead, &[]),
    function(
        "/api/app/platform/tenants/get_tenant/get_tenant",
        TenantsRead,
        &[("tenant", Tenant)],
    ),
    function(
        "/api/app/platform/tenants/suspend_tenant/suspend_tenant",
        TenantsManage,
        &[("tenant", Tenant), ("reason", REASON)],
    ),
    function(
        "/api/app/platform/tenants/reinstate_tenant/reinstate_tenant",
        TenantsManage,
        &[("tenant", Tenant)],
    ),
    function(
        "/api/app/platform/tenants/write_note/write_note",
        TenantsManage,
        &[("tenant", Tenant), ("note", Text("Called about an invoice"))],
    ),
    function("/api/app/platform/users/list_users/list_users", UsersRead, &[]),
    function(
        "/api/app/platform/users/get_user/get_user",
        UsersRead,
        &[("user", User)],
    ),
    function(
        "/api/app/platform/users/end_user_sessions/end_user_sessions",
        UsersManage,
        &[("user", User)],
    ),
    function(
        "/api/app/platform/users/lift_user_lockouts/lift_user_lockouts",
        UsersManage,
        &[("user", User)],
    ),
    function(
        "/api/app/platform/users/suspend_user/suspend_user",
        UsersManage,
        &[("user", User), ("reason", REASON)],
    ),
    function(
        "/api/app/platform/users/reinstate_user/reinstate_user",
        UsersManage,
        &[("user", User)],
    ),
    function(
        "/api/app/platform/users/force_password_reset/force_password_reset",
        UsersManage,
        &[("user", User)],
    ),
    function(
        "/api/app/platform/users/clear_second_factor/clear_second_factor",
        UsersManage,
        &[("user", User), ("reason", Text("They called: the phone is lost"))],
    ),
];
