//! One's own account: profile, security, devices.

#[derive(Debug)]
pub struct Account {
    pub email: &'static str,
    pub save: &'static str,
    pub cancel: &'static str,
    pub profile: Profile,
    pub security: Security,
    pub sessions: Sessions,
    pub device: Device,
}

#[derive(Debug)]
pub struct Profile {
    pub title: &'static str,
    pub description: &'static str,
    pub name: &'static str,
    pub email_hint: &'static str,
    pub language: &'static str,
    pub time_zone: &'static str,
    pub time_zone_hint: &'static str,
    pub time_zone_placeholder: &'static str,
    pub time_zone_none: &'static str,
    pub appearance: &'static str,
    pub notifications: &'static str,
    pub new_sign_in: &'static str,
    pub new_sign_in_hint: &'static str,
}

#[derive(Debug)]
pub struct Security {
    pub title: &'static str,
    pub description: &'static str,
    pub password: &'static str,
    pub password_text: &'static str,
    pub current: &'static str,
    pub current_wrong: &'static str,
    pub change: &'static str,
    pub forgotten: &'static str,
    pub no_password: &'static str,
    /// The address that the link goes to.
    pub set_text: fn(&str) -> String,
    pub set: &'static str,
    pub email_text: &'static str,
    pub verified: &'static str,
    pub not_verified: &'static str,
    pub verify: &'static str,
    pub verify_by: fn(&str) -> String,
    pub devices: &'static str,
    pub devices_text: &'static str,
    pub devices_link: &'static str,
    pub access: &'static str,
    pub access_text: &'static str,
    pub access_link: &'static str,
    pub close: &'static str,
    pub close_text: &'static str,
    pub close_link: &'static str,
}

#[derive(Debug)]
pub struct Sessions {
    pub title: &'static str,
    pub description: &'static str,
    pub current: &'static str,
    pub signed_in: &'static str,
    pub last_seen: &'static str,
    pub unknown_place: &'static str,
    pub sign_out: &'static str,
    pub sign_out_others: &'static str,
    pub only_this: &'static str,
    pub confirm_title: fn(usize) -> String,
    pub confirm_text: &'static str,
    pub confirm: &'static str,
}

#[derive(Debug)]
pub struct Device {
    pub unknown: &'static str,
    pub on: fn(&str, &str) -> String,
}

pub const ENGLISH: Account = Account {
    email: "E-mail address",
    save: "Save",
    cancel: "Cancel",
    profile: Profile {
        title: "Profile",
        description: "How you appear to the people you work with, and how the product speaks to you.",
        name: "Name",
        email_hint: "Where you sign in with and where we write to.",
        language: "Language",
        time_zone: "Time zone",
        time_zone_hint: "Dates and times are shown as they are there.",
        time_zone_placeholder: "Such as Europe/Lisbon",
        time_zone_none: "No time zone by that name",
        appearance: "Appearance",
        notifications: "Notifications",
        new_sign_in: "Tell me of new sign-ins",
        new_sign_in_hint: "A mail whenever somebody signs in to your account on a device that was not used before.",
    },
    security: Security {
        title: "Security",
        description: "Your password, your second step, and the proof of your address.",
        password: "Password",
        password_text: "When you change it, every other device is signed out.",
        current: "Current password",
        current_wrong: "This is not your current password.",
        change: "Change password",
        forgotten: "I do not know my current password",
        no_password: "You have no password, and sign in by links that are mailed to you.",
        set_text: |email| {
            format!(
                "To have one as well, open the link we send to {email} and choose it there. Every device is signed out then, and this one signed in again."
            )
        },
        set: "Send me a link to set one",
        email_text: "Links to sign in and to reset your password go there.",
        verified: "Verified",
        not_verified: "Not verified",
        verify: "Verify now",
        verify_by: |until| format!("Verify it by {until} to keep working."),
        devices: "Devices",
        devices_text: "See where you are signed in, and sign out what you do not recognize.",
        devices_link: "Show devices",
        access: "Account access",
        access_text: "See when our support saw an organization as you see it, and why.",
        access_link: "Show who looked",
        close: "Close your account",
        close_text: "Pause it for a while, or delete it for good.",
        close_link: "Pause or delete your account",
    },
    sessions: Sessions {
        title: "Sessions",
        description: "Every device you are signed in on. If you do not recognize one, sign it out and change your password.",
        current: "This device",
        signed_in: "Signed in",
        last_seen: "last seen",
        unknown_place: "Unknown address",
        sign_out: "Sign out",
        sign_out_others: "Sign out all others",
        only_this: "You are signed in on this device only.",
        confirm_title: |others| match others {
            1 => "Sign out the other device?".to_owned(),
            others => format!("Sign out {others} other devices?"),
        },
        confirm_text: "Whoever uses them has to sign in again. This device stays signed in.",
        confirm: "Sign them out",
    },
    device: Device {
        unknown: "Unknown device",
        on: |browser, system| format!("{browser} on {system}"),
    },
};
