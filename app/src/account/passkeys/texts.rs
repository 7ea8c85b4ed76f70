//! What is said around a passkey, wherever one is asked for.

use domain::Deps;
use domain::identity::second_factor::passkeys::Unavailable;

use crate::messages;

/// Why browsers make no passkeys for this installation, if they make none.
pub fn why_not(deps: &Deps) -> Option<&'static str> {
    let texts = &messages::current().passkeys;
    deps.passkeys.unavailable().map(|reason| match reason {
        Unavailable::NoDomain => texts.no_domain,
        Unavailable::NotSecure => texts.not_secure,
    })
}

/// What the button says when there is nothing to send; `without_script` is what to do without JavaScript.
pub fn around(without_script: &'static str) -> ui::PasskeyTexts {
    let texts = &messages::current().passkeys;
    ui::PasskeyTexts {
        given_up: texts.given_up.into(),
        known: texts.known.into(),
        too_old: texts.too_old.into(),
        without_script: without_script.into(),
    }
}
