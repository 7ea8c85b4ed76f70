//! One's own account.

use super::{
    Function,
    Guard::{Anybody, SignedIn},
    NEW_PASSWORD,
    Source::{Session, Text, Visit},
    function,
};

pub const FUNCTIONS: &[Function] = &[
    function("/api/app/account/passkeys/begin_passkey/begin_passkey", SignedIn, &[]),
    function(
        "/api/app/account/passkeys/add_passkey/add_passkey",
        SignedIn,
        &[("name", Text("Laptop")), ("credential", Text("{}"))],
    ),
    function(
        "/api/app/account/passkeys/rename_passkey/rename_passkey",
        SignedIn,
        &[
            ("passkey", Text("00000000-0000-0000-0000-000000000000")),
            ("name", Text("Laptop")),
        ],
    ),
    function(
        "/api/app/account/passkeys/remove_passkey/remove_passkey",
        SignedIn,
        &[("passkey", Text("00000000-0000-0000-0000-000000000000"))],
    ),
    function("/api/app/account/second_factor/begin_setup/begin_setup", SignedIn, &[]),
    function(
        "/api/app/account/second_factor/confirm_setup/confirm_setup",
        SignedIn,
        &[("code", Text("000000"))],
    ),
    function(
        "/api/app/account/second_factor/keep_recovery_codes/keep_recovery_codes",
        SignedIn,
        &[("kept", Text("on"))],
    ),
    function(
        "/api/app/account/second_factor/renew_recovery_codes/renew_recovery_codes",
        SignedIn,
        &[],
    ),
    function(
        "/api/app/account/second_factor/remove_second_factor/remove_second_factor",
        SignedIn,
        &[],
    ),
    function("/api/app/account/theme/set_theme", Anybody, &[("theme", Text("dark"))]),
    function("/api/app/account/viewer/viewer", SignedIn, &[]),
    function(
        "/api/app/account/dismiss_incident/dismiss_incident",
        SignedIn,
        &[("incident", Text("nothing"))],
    ),
    function("/api/app/account/closing/closing", SignedIn, &[]),
    function("/api/app/account/deactivate_account/deactivate_account", SignedIn, &[]),
    function(
        "/api/app/account/delete_account/delete_account",
        SignedIn,
        &[("confirm", Text("nobody@example.test"))],
    ),
    function("/api/app/account/memberships/memberships", SignedIn, &[]),
    function("/api/app/account/profile/profile", SignedIn, &[]),
    function("/api/app/account/sessions/sessions", SignedIn, &[]),
    function("/api/app/account/activity/activity", SignedIn, &[]),
    function(
        "/api/app/account/access/list_account_access/list_account_access",
        SignedIn,
        &[],
    ),
    function(
        "/api/app/account/access/get_account_access/get_account_access",
        SignedIn,
        &[("id", Visit)],
    ),
    function(
        "/api/app/account/access/end_own_visit/end_own_visit",
        SignedIn,
        &[("visit", Visit)],
    ),
    function(
        "/api/app/account/update_profile/update_profile",
        SignedIn,
        &[
            ("name", Text("Zoe")),
            ("locale", Text("en")),
            ("time_zone", Text("UTC")),
            ("theme", Text("dark")),
        ],
    ),
    function(
        "/api/app/account/change_password/change_password",
        SignedIn,
        &[("current_password", Text("wrong horse")), ("password", NEW_PASSWORD)],
    ),
    function(
        "/api/app/account/revoke_session/revoke_session",
        SignedIn,
        &[("session", Session)],
    ),
    function(
        "/api/app/account/revoke_other_sessions/revoke_other_sessions",
        SignedIn,
        &[],
    ),
];
