//! Coming in and going out, with whatever proves who one is.

use super::{
    Function,
    Guard::{Anybody, SignedIn},
    NEW_PASSWORD,
    Source::Text,
    function,
};

pub const FUNCTIONS: &[Function] = &[
    function(
        "/api/app/auth/sign_up/sign_up",
        Anybody,
        &[
            ("name", Text("Zoe")),
            ("email", Text("zoe@example.test")),
            ("password", NEW_PASSWORD),
            ("terms", Text("on")),
        ],
    ),
    function(
        "/api/app/auth/sign_in/sign_in",
        Anybody,
        &[("email", Text("zoe@example.test")), ("password", Text("wrong horse"))],
    ),
    function("/api/app/auth/sign_out/sign_out", Anybody, &[]),
    function(
        "/api/app/auth/verify_email/verify_email",
        SignedIn,
        &[("token", Text("nothing"))],
    ),
    function(
        "/api/app/auth/forgot_password/forgot_password",
        Anybody,
        &[("email", Text("zoe@example.test"))],
    ),
    function(
        "/api/app/auth/reset_password/reset_password",
        Anybody,
        &[("token", Text("nothing")), ("password", NEW_PASSWORD)],
    ),
    function(
        "/api/app/auth/request_magic_link/request_magic_link",
        Anybody,
        &[("email", Text("zoe@example.test"))],
    ),
    function(
        "/api/app/auth/redeem_magic_link/redeem_magic_link",
        Anybody,
        &[("token", Text("nothing"))],
    ),
    function(
        "/api/app/auth/password_strength/password_strength",
        Anybody,
        &[("password", Text("abc"))],
    ),
    function(
        "/api/app/auth/enter_demo/enter_demo",
        Anybody,
        &[("who", Text("owner"))],
    ),
    function("/api/app/auth/resend_verification/resend_verification", SignedIn, &[]),
    function(
        "/api/app/auth/prove_second_factor/prove_second_factor",
        Anybody,
        &[("code", Text("000000"))],
    ),
    function(
        "/api/app/auth/begin_passkey_sign_in/begin_passkey_sign_in",
        Anybody,
        &[],
    ),
    function(
        "/api/app/auth/sign_in_by_passkey/sign_in_by_passkey",
        Anybody,
        &[("credential", Text("{}"))],
    ),
    function("/api/app/auth/begin_passkey_proof/begin_passkey_proof", Anybody, &[]),
    function(
        "/api/app/auth/prove_by_passkey/prove_by_passkey",
        Anybody,
        &[("credential", Text("{}"))],
    ),
    function(
        "/api/app/auth/resume_account/resume_account",
        Anybody,
        &[("token", Text("nothing"))],
    ),
];
