//! Inviting people to an organization.

use super::errors::english_duration;
use contract::invitation::InviteOutcome;

#[derive(Debug)]
pub struct Invite {
    pub title: &'static str,
    pub description: &'static str,
    pub people: &'static str,
    pub back_to_people: &'static str,
    pub back_to_inviting: &'static str,
    pub show_people: &'static str,
    pub inactive_title: &'static str,
    pub addresses: &'static str,
    pub addresses_hint: &'static str,
    pub member_type: &'static str,
    pub as_member: &'static str,
    pub as_member_hint: &'static str,
    pub as_guest: &'static str,
    pub as_guest_hint: &'static str,
    pub role: &'static str,
    pub role_hint: &'static str,
    pub owner_sign_in: &'static str,
    pub for_guests: &'static str,
    pub for_guests_text: &'static str,
    pub guest_role: &'static str,
    pub workspaces: &'static str,
    pub no_workspaces: &'static str,
    pub projects: &'static str,
    pub no_projects: &'static str,
    pub send: &'static str,
    pub cancel: &'static str,
    pub seats_members: &'static str,
    pub seats_guests: &'static str,
    pub seats_of: fn(u32, u32) -> String,
    pub seats_count: &'static str,
    pub seats_full: &'static str,
    pub seats_over: &'static str,
    /// How many were invited, and how many not.
    pub result_title: fn(usize, usize) -> String,
    pub left_out: fn(usize) -> String,
    /// A word, and what it means.
    pub outcome: fn(InviteOutcome) -> (&'static str, String),
    pub copy_link: &'static str,
    pub resend: &'static str,
    pub revoke: &'static str,
    pub link_title: &'static str,
    pub link_label: &'static str,
    pub link_text: &'static str,
    pub link_gone_title: &'static str,
    pub link_gone_text: &'static str,
    pub copy: &'static str,
    pub copied: &'static str,
}

pub const ENGLISH: Invite = Invite {
    title: "Invite people",
    description: "Everybody gets a mail with a link. It is good for seven days, for that address alone.",
    people: "People",
    back_to_people: "Back to people",
    back_to_inviting: "Back to inviting",
    show_people: "See people",
    inactive_title: "Nobody can be invited right now",
    addresses: "E-mail addresses",
    addresses_hint: "Up to 50, between commas or on lines of their own. Names may stand before them: Ann Example <ann@example.com>.",
    member_type: "They come as",
    as_member: "Members",
    as_member_hint: "They work in the whole organization, as far as their role goes.",
    as_guest: "Guests",
    as_guest_hint: "They see only what you give them.",
    role: "Role",
    role_hint: "Roles with rights that you do not have yourself are not in the list.",
    owner_sign_in: "You signed in a while ago. To invite an owner, sign in once more; you come back here.",
    for_guests: "What guests are given",
    for_guests_text: "They see this as soon as they accept. More can be given, and taken away, later.",
    guest_role: "Role of guests",
    workspaces: "Workspaces",
    no_workspaces: "There is no workspace to give.",
    projects: "Projects",
    no_projects: "There is no project to give yet.",
    send: "Send invitations",
    cancel: "Cancel",
    seats_members: "Seats for members",
    seats_guests: "Seats for guests",
    seats_of: |used, allowed| match allowed.saturating_sub(used) {
        0 => format!("{used} of {allowed} taken"),
        1 => format!("{used} of {allowed} taken, 1 left"),
        left => format!("{used} of {allowed} taken, {left} left"),
    },
    seats_count: "Open invitations count.",
    seats_full: "All are taken. Take an invitation back or remove somebody to make room.",
    seats_over: "More are taken than your plan includes. Everybody stays, but nobody new can come.",
    result_title: english_result,
    left_out: |count| match count {
        1 => "One more entry waits in the box below: 50 go at a time.".to_owned(),
        count => format!("{count} more entries wait in the box below: 50 go at a time."),
    },
    outcome: english_outcome,
    copy_link: "Copy link",
    resend: "Send again",
    revoke: "Take back",
    link_title: "Link to the invitation",
    link_label: "Shown once",
    link_text: "Pass it on as you like. Whoever opens it has to prove that the invited address is theirs, so that nobody else \
                comes in by it. It is good as long as the invitation, and on record.",
    link_gone_title: "The link was shown already",
    link_gone_text: "It is shown once and kept nowhere. You can make another one beside the invitation.",
    copy: "Copy",
    copied: "Copied",
};

fn english_result(invited: usize, not: usize) -> String {
    match (invited, not) {
        (0, _) => "Nobody was invited".to_owned(),
        (1, 0) => "1 person is invited".to_owned(),
        (1, not) => format!("1 person is invited, {not} not"),
        (invited, 0) => format!("{invited} people are invited"),
        (invited, not) => format!("{invited} people are invited, {not} not"),
    }
}

fn english_outcome(outcome: InviteOutcome) -> (&'static str, String) {
    match outcome {
        InviteOutcome::Invited { .. } => ("Invited", "The mail is on its way.".to_owned()),
        InviteOutcome::Renewed { .. } => (
            "Invited again",
            "There was an open invitation. It is this one now, and goes out once more.".to_owned(),
        ),
        InviteOutcome::Upgrading { .. } => ("Invited", "A guest already: becomes a member by accepting.".to_owned()),
        InviteOutcome::Undeliverable { .. } => (
            "Not delivered",
            "The mail could not be delivered. Check the address: if it is wrong, take this back and invite the right one. \
             If it is right, pass on a link."
                .to_owned(),
        ),
        InviteOutcome::TakenBack => (
            "Taken back",
            "The invitation is over. Correct the address in the box below, or leave it out.".to_owned(),
        ),
        InviteOutcome::AlreadyMember => ("Already in", "Nothing has changed for them.".to_owned()),
        InviteOutcome::Suspended => (
            "Suspended",
            "Belongs to the organization and is locked out. Restore them instead.".to_owned(),
        ),
        InviteOutcome::Malformed => (
            "Not an address",
            "Correct it in the box below and send it again.".to_owned(),
        ),
        InviteOutcome::Twice => ("Twice", "It stands further up already.".to_owned()),
        InviteOutcome::SeatsFull { allowed } => (
            "No seat",
            format!("All {allowed} seats of your plan are taken. Make room, then send it again."),
        ),
        InviteOutcome::AboveOwnRights => (
            "Not yours",
            "Somebody with more rights has invited this address. Ask them to change it.".to_owned(),
        ),
        InviteOutcome::Throttled { retry_after_seconds } => (
            "Later",
            format!(
                "Enough mails for now. Send it again in {}.",
                english_duration(retry_after_seconds)
            ),
        ),
    }
}
