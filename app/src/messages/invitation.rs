//! What an invitation's link opens.

use contract::iam::MemberType;

#[derive(Debug)]
pub struct Invitation {
    pub title: fn(&str) -> String,
    /// Who invites, and as what.
    pub text: fn(&str, MemberType) -> String,
    pub role: &'static str,
    pub address: &'static str,
    pub until: &'static str,
    pub join: fn(&str) -> String,
    /// Beside the name of the organization.
    pub join_named: &'static str,
    pub decline: &'static str,
    pub signed_in_as: fn(&str) -> String,
    pub use_another: &'static str,
    pub sign_in: &'static str,
    pub sign_in_text: &'static str,
    pub sign_up: &'static str,
    pub sign_up_text: &'static str,
    pub copied_text: fn(&str) -> String,
    pub by_mail: &'static str,
    pub other_title: &'static str,
    /// For whom it is, and who is signed in.
    pub other_text: fn(&str, &str) -> String,
    pub other_alias: &'static str,
    pub switch: &'static str,
    pub stay: fn(&str) -> String,
    pub home: &'static str,
    pub unverified_title: &'static str,
    pub unverified_text: fn(&str) -> String,
    pub send_proof: &'static str,
    pub already_title: fn(&str) -> String,
    pub already_text: &'static str,
    pub go_to: fn(&str) -> String,
    pub suspended_title: &'static str,
    pub suspended_text: fn(&str) -> String,
    pub used_title: &'static str,
    pub used_text: &'static str,
    pub declined_title: &'static str,
    pub declined_text: fn(&str) -> String,
    pub expired_title: &'static str,
    pub expired_text: fn(&str, &str) -> String,
    pub full_title: fn(&str) -> String,
    pub full_text: fn(&str) -> String,
    pub read_only_title: fn(&str) -> String,
    pub read_only_text: fn(&str) -> String,
    pub gone_title: &'static str,
    pub gone_text: fn(&str, &str) -> String,
    pub above_title: &'static str,
    pub above_text: fn(&str, &str) -> String,
    pub inactive_title: fn(&str) -> String,
    pub inactive_text: fn(&str) -> String,
    pub ask: &'static str,
    pub asked: &'static str,
    pub asked_for_seat: &'static str,
    pub asked_for_payment: &'static str,
    pub unknown_title: &'static str,
    pub unknown_text: &'static str,
    pub missing_title: &'static str,
    pub missing_text: &'static str,
    pub wait_title: &'static str,
    pub waiting_title: &'static str,
    pub waiting_text: fn(&str, &str, MemberType) -> String,
    pub or_create: &'static str,
    pub sign_up_title: fn(&str) -> String,
    pub sign_up_description: fn(&str) -> String,
    pub sign_up_locked: &'static str,
    pub sign_up_button: fn(&str) -> String,
}

pub const ENGLISH: Invitation = Invitation {
    title: |organization| format!("Join {organization}"),
    text: |inviter, member_type| match member_type {
        MemberType::Member => format!("{inviter} invites you to work there."),
        MemberType::Guest => format!("{inviter} invites you as a guest, to see what they share with you."),
    },
    role: "Role",
    address: "For",
    until: "Until",
    join: |organization| format!("Join {organization}"),
    join_named: "Join",
    decline: "Decline",
    signed_in_as: |email| format!("You are signed in as {email}."),
    use_another: "Use another account",
    sign_in: "Sign in to join",
    sign_in_text: "This address has an account. Sign in, and you come back here.",
    sign_up: "Create an account",
    sign_up_text: "It takes a minute, and you are in.",
    copied_text: |address| {
        format!("This link was passed on by hand, so you are asked to prove that {address} is your address.")
    },
    by_mail: "Sign in by e-mail, without a password",
    other_title: "This invitation is for somebody else",
    other_text: |address, own| format!("It is for {address}, and you are signed in as {own}."),
    other_alias: "If both addresses are yours, ask for an invitation to the one you use, or go on with the other account.",
    switch: "Sign out and go on",
    stay: |own| format!("Stay signed in as {own}"),
    home: "Go to the start page",
    unverified_title: "Prove your address first",
    unverified_text: |address| {
        format!(
            "This link was passed on by hand. To be sure that the invitation reaches the right person, we send a link to \
             {address}. Open it, and come back here."
        )
    },
    send_proof: "Send me the link",
    already_title: |organization| format!("You are in {organization}"),
    already_text: "There is nothing more to do here. Your role is as it was.",
    go_to: |organization| format!("Go to {organization}"),
    suspended_title: "Your access is suspended",
    suspended_text: |organization| {
        format!(
            "You belong to {organization}, and somebody there has suspended you. An invitation does not change that: ask \
             an owner or admin to let you in again."
        )
    },
    used_title: "This invitation has been used",
    used_text: "If it was you, sign in and you are there. If not, ask for an invitation of your own.",
    declined_title: "This invitation was declined",
    declined_text: |inviter| {
        format!("Nothing else has happened. If you have changed your mind, ask {inviter} to invite you again.")
    },
    expired_title: "This invitation has expired",
    expired_text: |inviter, until| {
        format!("It was good until {until}. We can tell {inviter} that you would like to have another one.")
    },
    full_title: |organization| format!("{organization} has no free seat"),
    full_text: |inviter| {
        format!(
            "Your invitation stays good: as soon as there is a seat, you can come in by the same link. We can tell {inviter} \
             that you are waiting."
        )
    },
    read_only_title: |organization| format!("{organization} cannot take anybody in at the moment"),
    read_only_text: |organization| {
        format!(
            "Everything in {organization} can only be read for now. Your invitation stays good: as soon as that is over, you \
             can come in by the same link. We can tell its owners that you are waiting."
        )
    },
    gone_title: "This invitation is not good any more",
    gone_text: |inviter, organization| {
        format!(
            "{inviter} has left {organization} or may not invite people any more. We can ask an owner to send you another one."
        )
    },
    above_title: "This invitation is not good any more",
    above_text: |inviter, organization| {
        format!(
            "{inviter} may not give the role any more that the invitation promises. We can ask an owner of {organization} to \
             send you another one."
        )
    },
    inactive_title: |organization| format!("{organization} is closed at the moment"),
    inactive_text: |inviter| {
        format!(
            "Nobody can join while it is paused or being deleted. {inviter} can tell you whether it comes back; your invitation does not get longer by it."
        )
    },
    ask: "Ask for me",
    asked: "We have passed it on. A new mail comes to the invited address as soon as somebody sends it.",
    asked_for_seat: "We have passed it on. This link works again as soon as there is a seat: try it later.",
    asked_for_payment: "We have told its owners. This link works again as soon as people can come in: try it later.",
    unknown_title: "This link leads nowhere",
    unknown_text: "The invitation may have been taken back, or a part of the link is missing. Open the newest mail, or ask \
                   whoever invited you.",
    missing_title: "Open the link from your mail",
    missing_text: "An invitation is opened by the link in its mail. When you are signed in, what waits for your address is \
                   also on the page where organizations are made.",
    wait_title: "Too many tries",
    waiting_title: "You are invited",
    waiting_text: |inviter, role, member_type| match member_type {
        MemberType::Member => format!("By {inviter}, with the role {role}"),
        MemberType::Guest => format!("By {inviter}, as a guest with the role {role}"),
    },
    or_create: "or start one of your own",
    sign_up_title: |organization| format!("Create your account to join {organization}"),
    sign_up_description: |inviter| format!("{inviter} has invited you. You are in as soon as the account is there."),
    sign_up_locked: "The invitation is for this address.",
    sign_up_button: |organization| format!("Create account and join {organization}"),
};
