//! Sign-up, sign-in, and the pages that mailed links open.

#[derive(Debug)]
pub struct Auth {
    pub name: &'static str,
    pub email: &'static str,
    pub password: &'static str,
    pub new_password: &'static str,
    pub show_password: &'static str,
    pub hide_password: &'static str,
    pub password_hint: &'static str,
    pub or: &'static str,
    pub sign_in_instead: &'static str,
    pub sign_up_instead: &'static str,
    pub go_on: &'static str,
    pub strength: Strength,
    pub sign_up: SignUp,
    pub sign_in: SignIn,
    pub sign_out: SignOut,
    pub verify: Verify,
    pub forgot: LinkRequest,
    pub reset: Reset,
    pub magic: Magic,
}

#[derive(Debug)]
pub struct Strength {
    /// By score, from 0 to 4.
    pub labels: [&'static str; 5],
    pub length: &'static str,
    pub guessable: &'static str,
}

#[derive(Debug)]
pub struct SignUp {
    pub title: &'static str,
    pub description: &'static str,
    /// Before, between and after the two documents.
    pub consent: [&'static str; 3],
    pub terms: &'static str,
    pub privacy: &'static str,
    pub button: &'static str,
    pub have_account: &'static str,
    pub closed_title: &'static str,
    pub closed_text: &'static str,
    pub closed_listed: &'static str,
    pub closed_sign_in: &'static str,
}

#[derive(Debug)]
pub struct SignIn {
    pub title: &'static str,
    pub button: &'static str,
    pub forgot: &'static str,
    pub magic: &'static str,
    pub no_account: &'static str,
    pub again: &'static str,
    /// For who has no password: the address that the link goes to.
    pub again_by_link: fn(&str) -> String,
}

#[derive(Debug)]
pub struct SignOut {
    pub title: &'static str,
    pub text: fn(&str) -> String,
    pub button: &'static str,
    pub stay: &'static str,
}

#[derive(Debug)]
pub struct Verify {
    pub link: MailedLink,
    pub sent_title: &'static str,
    pub sent_text: fn(&str) -> String,
    pub nothing_arrived: &'static str,
    pub resend: &'static str,
    pub set_up: &'static str,
    pub wall_title: &'static str,
    pub wall_text: fn(&str) -> String,
    pub wrong_address: &'static str,
    pub sign_out: &'static str,
    pub done_title: &'static str,
    pub done_text: fn(&str) -> String,
    pub expired_title: &'static str,
    pub expired_text: &'static str,
    pub sign_in_title: &'static str,
    pub sign_in_text: &'static str,
    pub no_password: &'static str,
    pub other_title: &'static str,
    pub other_text: fn(&str) -> String,
}

/// The page that a mailed link opens.
#[derive(Debug)]
pub struct MailedLink {
    pub title: &'static str,
    pub text: &'static str,
    pub button: &'static str,
}

/// The page on which one asks for a link.
#[derive(Debug)]
pub struct LinkRequest {
    pub title: &'static str,
    pub description: &'static str,
    pub button: &'static str,
    pub sent_title: &'static str,
    pub sent_text: fn(Option<&str>) -> String,
    pub nothing_arrived: &'static str,
    pub again: &'static str,
    pub back: &'static str,
}

#[derive(Debug)]
pub struct Reset {
    pub title: &'static str,
    pub description: &'static str,
    pub button: &'static str,
    pub no_link_title: &'static str,
    pub no_link_text: &'static str,
    pub expired_title: &'static str,
    pub expired_text: &'static str,
    pub ask_again: &'static str,
}

#[derive(Debug)]
pub struct Magic {
    pub request: LinkRequest,
    pub link: MailedLink,
    pub expired_title: &'static str,
    pub expired_text: &'static str,
}

pub const ENGLISH: Auth = Auth {
    name: "Your name",
    email: "E-mail address",
    password: "Password",
    new_password: "New password",
    show_password: "Show password",
    hide_password: "Hide password",
    password_hint: "At least 10 characters. A few unrelated words are easy to remember and hard to guess.",
    or: "or",
    sign_in_instead: "Sign in",
    sign_up_instead: "Create an account",
    go_on: "Continue",
    strength: Strength {
        labels: ["Guessed at once", "Weak", "Not strong enough", "Strong", "Very strong"],
        length: "Use at least 10 characters.",
        guessable: "Add a word or two that do not belong together.",
    },
    sign_up: SignUp {
        title: "Create your account",
        description: "Free for 14 days. You set up your organization next.",
        consent: ["I agree to the", "and have read the", "."],
        terms: "terms of service",
        privacy: "privacy notice",
        button: "Create account",
        have_account: "Already have an account?",
        closed_title: "New accounts are by invitation",
        closed_text: "Registration is closed to the public at the moment. If somebody invited you, open the link in their \
                      mail. If you have an account, sign in as usual.",
        closed_listed: "My address is on the list of testers",
        closed_sign_in: "Sign in",
    },
    sign_in: SignIn {
        title: "Sign in",
        button: "Sign in",
        forgot: "Forgot your password?",
        magic: "Sign in by e-mail instead",
        no_account: "New here?",
        again_by_link: |email| {
            format!(
                "You are still signed in, and have no password. Open the link we send to {email}, and you go on where you were."
            )
        },
        again: "You are still signed in. Type your password once more, or have a link sent, and you go on where you were.",
    },
    sign_out: SignOut {
        title: "Sign out?",
        text: |email| format!("You are signed in as {email}. Your other devices stay signed in."),
        button: "Sign out",
        stay: "Stay signed in",
    },
    verify: Verify {
        link: MailedLink {
            title: "Verify your e-mail address",
            text: "One press, and it is proven that this address is yours.",
            button: "Verify my address",
        },
        sent_title: "Check your mail",
        sent_text: |email| format!("We sent a link to {email}. Open it to verify the address. It works for 24 hours."),
        nothing_arrived: "Nothing there after a few minutes? Look in the spam folder, check that the address above is \
                          right, or have another link sent. Only the newest link works.",
        resend: "Send another link",
        set_up: "Continue to set up",
        wall_title: "Verify your address to go on",
        wall_text: |email| {
            format!(
                "The seven days to verify {email} are over. Nothing is lost: as soon as you open the link we send you, \
                 everything is where you left it."
            )
        },
        wrong_address: "Not your address? Sign out and create an account with the right one.",
        sign_out: "Sign out",
        done_title: "Your address is verified",
        done_text: |email| format!("{email} is yours. There is nothing more to do here."),
        expired_title: "This link no longer works",
        expired_text: "It has been used, is too old, or a newer one was sent. Have another one sent and open that.",
        sign_in_title: "Sign in to verify your address",
        sign_in_text: "You are not signed in here. Sign in with the password you signed up with, and you come back to this \
                       link.",
        no_password: "You did not sign up, or do not know the password? Choose a new one by mail. That verifies the address \
                      as well, and signs out everybody who came in before.",
        other_title: "This link is for another account",
        other_text: |email| {
            format!(
                "You are signed in as {email}. Sign out, open the link once more, and sign in with the address it was sent to."
            )
        },
    },
    forgot: LinkRequest {
        title: "Forgot your password?",
        description: "Tell us your address, and we send you a link to choose a new one.",
        button: "Send the link",
        sent_title: "Check your mail",
        sent_text: |email| match email {
            Some(email) => format!(
                "If {email} has an account, a link to choose a new password is on its way. It works for 30 minutes."
            ),
            None => {
                "If the address has an account, a link to choose a new password is on its way. It works for 30 minutes."
                    .to_owned()
            }
        },
        nothing_arrived: "Nothing there after a few minutes? Look in the spam folder, or try another address: you may have \
                          signed up with a different one.",
        again: "Try again",
        back: "Back to sign-in",
    },
    reset: Reset {
        title: "Choose a new password",
        description: "You will be signed in here, and signed out on every other device.",
        button: "Save and sign in",
        no_link_title: "Open the link from your mail",
        no_link_text: "To choose a new password, you need the link we send you. If you do not have one, ask for it.",
        expired_title: "This link no longer works",
        expired_text: "It has been used, is older than 30 minutes, or a newer one was sent. Ask for another one.",
        ask_again: "Send me a link",
    },
    magic: Magic {
        request: LinkRequest {
            title: "Sign in by e-mail",
            description: "We send you a link that signs you in, without a password.",
            button: "Send the link",
            sent_title: "Check your mail",
            sent_text: |email| match email {
                Some(email) => {
                    format!(
                        "If {email} has an account, a link that signs in is on its way. It works once, for 30 minutes."
                    )
                }
                None => {
                    "If the address has an account, a link that signs in is on its way. It works once, for 30 minutes."
                        .to_owned()
                }
            },
            nothing_arrived: "Nothing there after a few minutes? Look in the spam folder, or try another address: you may have \
                          signed up with a different one.",
            again: "Try again",
            back: "Sign in with a password",
        },
        link: MailedLink {
            title: "Welcome back",
            text: "One press, and you are signed in on this device.",
            button: "Sign in",
        },
        expired_title: "This link no longer works",
        expired_text: "It has been used, is older than 30 minutes, or a newer one was sent. Ask for another one.",
    },
};
