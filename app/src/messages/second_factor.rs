//! Two-step sign-in.

#[derive(Debug)]
pub struct SecondFactor {
    pub prove: Prove,
    pub setup: Setup,
    pub codes: Codes,
    pub remove: Remove,
    pub card: Card,
    pub organization: Organization,
}

#[derive(Debug)]
pub struct Prove {
    pub title: &'static str,
    pub description: &'static str,
    /// For who is signed in.
    pub again: &'static str,
    pub code: &'static str,
    pub code_hint: &'static str,
    pub recovery_code: &'static str,
    pub recovery_hint: &'static str,
    pub use_recovery: &'static str,
    pub use_app: &'static str,
    pub button: &'static str,
    pub start_over: &'static str,
    pub over_title: &'static str,
    pub over_text: &'static str,
    pub over_action: &'static str,
}

#[derive(Debug)]
pub struct Setup {
    pub title: &'static str,
    pub description: &'static str,
    pub staff_text: &'static str,
    pub replace_text: &'static str,
    pub again_title: &'static str,
    pub again_text: &'static str,
    pub begin_title: &'static str,
    pub begin_text: &'static str,
    pub begin: &'static str,
    pub scan_title: &'static str,
    pub scan_text: &'static str,
    /// What the QR code is, for who does not see it.
    pub picture: &'static str,
    pub open_app: &'static str,
    pub secret: &'static str,
    pub copy: &'static str,
    pub copied: &'static str,
    pub confirm_title: &'static str,
    pub confirm_text: &'static str,
    pub confirm: &'static str,
}

#[derive(Debug)]
pub struct Codes {
    pub title: &'static str,
    pub description: &'static str,
    pub list: &'static str,
    pub copy: &'static str,
    pub copied: &'static str,
    pub download: &'static str,
    pub kept: &'static str,
    pub go_on: &'static str,
}

#[derive(Debug)]
pub struct Remove {
    pub title: &'static str,
    pub text: &'static str,
    pub text_with_passkeys: &'static str,
    pub button: &'static str,
}

#[derive(Debug)]
pub struct Card {
    pub title: &'static str,
    pub off_text: &'static str,
    pub on_text: &'static str,
    /// Of the app, for who has passkeys.
    pub no_app: &'static str,
    pub set_up: &'static str,
    pub app: &'static str,
    pub on: &'static str,
    pub since: &'static str,
    pub last_used: &'static str,
    pub replace: &'static str,
    pub remove: &'static str,
    pub codes: &'static str,
    pub codes_left: fn(u32) -> String,
    pub renew: &'static str,
}

#[derive(Debug)]
pub struct Organization {
    pub title: &'static str,
    pub text: &'static str,
    pub required: &'static str,
    pub hint: &'static str,
    pub save: &'static str,
}

pub const ENGLISH: SecondFactor = SecondFactor {
    prove: Prove {
        title: "Two-step sign-in",
        description: "Open your authenticator app and enter the code it shows for Plinth.",
        again: "This needs your second step once more. Enter the code your authenticator app shows for Plinth.",
        code: "Code from your app",
        code_hint: "Six digits. Each works once.",
        recovery_code: "Recovery code",
        recovery_hint: "One of the codes you kept when you set up two-step sign-in. Each works once.",
        use_recovery: "Use a recovery code",
        use_app: "Use your authenticator app",
        button: "Continue",
        start_over: "Sign in as somebody else",
        over_title: "This sign-in is over",
        over_text: "It took longer than five minutes, or there were too many wrong codes. Nothing has happened to your account.",
        over_action: "Sign in again",
    },
    setup: Setup {
        title: "Set up two-step sign-in",
        description: "After your password, signing in asks for a code that only your phone shows. A stolen password is not enough then.",
        staff_text: "Staff work with a second step only. Set it up once, and go on to where you were going.",
        replace_text: "Set up another app in the place of the one you have. That one goes on working until the new one has shown its first code.",
        again_title: "Sign in once more",
        again_text: "What guards your account is changed within 15 minutes of signing in.",
        begin_title: "You need an authenticator app",
        begin_text: "Any will do: the one of your phone, or of your password manager. Have it at hand, then begin.",
        begin: "Begin",
        scan_title: "1. Scan this with the app",
        scan_text: "Choose “add an account” in the app and point the camera here, or type the key in.",
        picture: "A QR code with the key below",
        open_app: "Open an app on this device",
        secret: "Key",
        copy: "Copy",
        copied: "Copied",
        confirm_title: "2. Enter the code it shows",
        confirm_text: "This proves that the app is set up. Two-step sign-in is on from then on.",
        confirm: "Turn on",
    },
    codes: Codes {
        title: "Keep your recovery codes",
        description: "If you lose your phone, one of these lets you in. Each works once. They are shown only now: keep them where you keep passwords, or print them.",
        list: "Recovery codes",
        copy: "Copy",
        copied: "Copied",
        download: "Download as a file",
        kept: "I have kept these codes in a safe place",
        go_on: "Continue",
    },
    remove: Remove {
        title: "Turn off the authenticator app?",
        text: "A password or a mailed link will be enough to sign in to your account. Your recovery codes are void then.",
        text_with_passkeys: "Its codes no longer count. Your passkeys and your recovery codes stay.",
        button: "Turn it off",
    },
    card: Card {
        title: "Two-step sign-in",
        off_text: "After your password, ask for a code that only your phone shows.",
        on_text: "Signing in asks for a second step, whichever way you come in.",
        no_app: "Not set up",
        set_up: "Set it up",
        app: "Authenticator app",
        on: "On",
        since: "Since",
        last_used: "last used",
        replace: "Use another app",
        remove: "Turn off",
        codes: "Recovery codes",
        codes_left: |left| match left {
            0 => "All of them are used. Make new ones.".to_owned(),
            1 => "One is left. Make new ones soon.".to_owned(),
            left => format!("{left} are left."),
        },
        renew: "Make new codes",
    },
    organization: Organization {
        title: "Two-step sign-in",
        text: "Whether a password alone is enough to work in this organization.",
        required: "Require two-step sign-in of everybody",
        hint: "Whoever has not set it up is asked to at their next click, and sees nothing here before. The list of people shows who has and who has not.",
        save: "Save",
    },
};
