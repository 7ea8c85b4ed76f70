//! Passkeys.

#[derive(Debug)]
pub struct Passkeys {
    /// Why there are none, when the product's address is a number.
    pub no_domain: &'static str,
    /// The same, when it is not https.
    pub not_secure: &'static str,
    pub given_up: &'static str,
    pub known: &'static str,
    pub too_old: &'static str,
    pub card: Card,
    pub new: New,
    pub one: One,
    pub sign_in: SignIn,
    pub prove: Prove,
}

#[derive(Debug)]
pub struct Card {
    pub title: &'static str,
    pub text: &'static str,
    pub add: &'static str,
    pub full: fn(usize) -> String,
    pub added: &'static str,
    pub last_used: &'static str,
    pub never_used: &'static str,
    pub change: &'static str,
    /// The same for who does not see beside what it stands.
    pub change_of: fn(&str) -> String,
}

#[derive(Debug)]
pub struct New {
    pub title: &'static str,
    pub description: &'static str,
    pub card_title: &'static str,
    pub card_text: &'static str,
    pub name: &'static str,
    pub name_hint: &'static str,
    pub button: &'static str,
    pub without_script: &'static str,
    /// On the page that sets an authenticator app up.
    pub instead_title: &'static str,
    pub instead_text: &'static str,
    pub instead: &'static str,
}

#[derive(Debug)]
pub struct One {
    pub rename_title: &'static str,
    pub rename: &'static str,
    pub remove_title: &'static str,
    pub remove_text: &'static str,
    pub remove_last_text: &'static str,
    pub remove: &'static str,
}

#[derive(Debug)]
pub struct SignIn {
    pub or: &'static str,
    pub button: &'static str,
    pub without_script: &'static str,
}

#[derive(Debug)]
pub struct Prove {
    /// In the place of what asks for the code of an app, for who has passkeys and no app.
    pub description: &'static str,
    /// For who has both.
    pub description_or_code: &'static str,
    pub again: &'static str,
    pub again_or_code: &'static str,
    pub button: &'static str,
    pub or: &'static str,
    pub without_script: &'static str,
    pub without_script_no_app: &'static str,
}

pub const ENGLISH: Passkeys = Passkeys {
    no_domain: "Passkeys are not available here: they belong to a domain name, and the address of this installation is a number. Use an authenticator app.",
    not_secure: "Passkeys are not available here: browsers make them for secure addresses only, and the address of this installation does not begin with https. Use an authenticator app.",
    given_up: "No passkey was used. Try again when your device is ready.",
    known: "This device has a passkey for your account already.",
    too_old: "This browser cannot use passkeys here. Update it, or use another way.",
    card: Card {
        title: "Passkeys",
        text: "A passkey signs you in with your fingerprint, your face or the PIN of your device: without a password, and as your second step too.",
        add: "Add a passkey",
        full: |most| format!("There can be {most} passkeys. Remove one that you no longer use to add another."),
        added: "Added",
        last_used: "last used",
        never_used: "never used",
        change: "Change",
        change_of: |name| format!("Change {name}"),
    },
    new: New {
        title: "Add a passkey",
        description: "Your device keeps it, and asks for your fingerprint, your face or its PIN when you use it. Nobody can read it off you or guess it.",
        card_title: "A new passkey",
        card_text: "Your browser asks where to keep it: on this device, on your phone, or on a security key.",
        name: "Name",
        name_hint: "To tell it from others, such as “Work laptop”.",
        button: "Create the passkey",
        without_script: "Passkeys need JavaScript, which is off in this browser. Turn it on, or use an authenticator app.",
        instead_title: "Or use a passkey",
        instead_text: "Your fingerprint, your face or the PIN of your device in the place of a code.",
        instead: "Add a passkey instead",
    },
    one: One {
        rename_title: "Name",
        rename: "Save",
        remove_title: "Remove this passkey",
        remove_text: "It no longer signs you in. Remove it from your device or your password manager as well: there it goes on being offered.",
        remove_last_text: "It no longer signs you in, and nothing but a password or a mailed link guards your account then. Your recovery codes are void.",
        remove: "Remove the passkey",
    },
    sign_in: SignIn {
        or: "or",
        button: "Sign in with a passkey",
        without_script: "To sign in with a passkey, turn JavaScript on.",
    },
    prove: Prove {
        description: "Use one of your passkeys to go on.",
        description_or_code: "Use one of your passkeys, or enter the code of your authenticator app.",
        again: "This needs your second step once more. Use one of your passkeys.",
        again_or_code: "This needs your second step once more. Use one of your passkeys, or enter the code of your authenticator app.",
        button: "Use a passkey",
        or: "or",
        without_script: "Passkeys need JavaScript, which is off in this browser. Enter a code instead.",
        without_script_no_app: "Passkeys need JavaScript, which is off in this browser. Use a recovery code instead.",
    },
};
