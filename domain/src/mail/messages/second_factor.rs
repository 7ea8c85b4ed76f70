//! What is said of second factors.

use super::{super::FactorNews, Content};

pub(super) fn english(news: FactorNews) -> Content {
    let (subject, text, action) = match news {
        FactorNews::Added => (
            "Two-step sign-in is set up",
            "From now on, signing in to your account also asks for a code of your authenticator app.".to_owned(),
            "See your security settings",
        ),
        FactorNews::Removed => (
            "Two-step sign-in was removed",
            "Nothing guards your account beside your password or a mailed link any more. Your recovery codes are void.".to_owned(),
            "Set it up again",
        ),
        FactorNews::AppRemoved => (
            "Your authenticator app was removed",
            "Signing in to your account no longer takes codes of an app. Your passkeys go on guarding it.".to_owned(),
            "See your security settings",
        ),
        FactorNews::PasskeyAdded => (
            "A passkey was added",
            "A passkey was added to your account. It signs in without a password, and proves the second step of a sign-in.".to_owned(),
            "See your security settings",
        ),
        FactorNews::PasskeyRemoved => (
            "A passkey was removed",
            "A passkey was removed from your account. It no longer signs in.".to_owned(),
            "See your security settings",
        ),
        FactorNews::PasskeyCopied => (
            "A passkey was refused",
            "Somebody used one of your passkeys, and it looked like a copy of it: it was refused. Remove the passkey that was \
             used last and add a new one in its place."
                .to_owned(),
            "See your passkeys",
        ),
        FactorNews::CodesRenewed => (
            "You have new recovery codes",
            "New recovery codes were made for your account. Those of before are void.".to_owned(),
            "See your security settings",
        ),
        FactorNews::CodeUsed { left } => (
            "A recovery code was used",
            match left {
                0 => "A recovery code was used in the place of your authenticator app. It was the last one: make new ones.".to_owned(),
                1 => "A recovery code was used in the place of your authenticator app. One is left.".to_owned(),
                left => format!("A recovery code was used in the place of your authenticator app. {left} are left."),
            },
            "See your security settings",
        ),
    };
    Content {
        subject: subject.to_owned(),
        preview: text.clone(),
        heading: subject.to_owned(),
        paragraphs: vec![text],
        action: action.to_owned(),
        closing: "If this was not you, change your password at once and sign out your other devices.".to_owned(),
    }
}

/// Support took it away, with the password.
pub(super) fn cleared() -> Content {
    let subject = "Support removed your two-step sign-in";
    let text = "You, or somebody who said they were you, told our support that your authenticator app, your passkeys and your recovery \
                codes are lost. Support removed all of them, your password as well, and signed every device out.";
    Content {
        subject: subject.to_owned(),
        preview: text.to_owned(),
        heading: subject.to_owned(),
        paragraphs: vec![
            text.to_owned(),
            "Choose a new password, sign in, and set two-step sign-in up again: until then nothing but this mailbox guards your \
             account."
                .to_owned(),
            "If you did not ask for this, somebody tries to get into your account. Nobody gets in without this mailbox: choose a new \
             password at once, set two-step sign-in up again, change the password of this mailbox, and tell our support."
                .to_owned(),
        ],
        action: "Choose a new password".to_owned(),
        closing: "The link works once, for 30 minutes. Later, ask for another one with “Forgot your password?” at the sign-in."
            .to_owned(),
    }
}
