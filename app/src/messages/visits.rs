//! Visits of the staff: on their own pages, on the pages that are visited, and on the organization's page of them.

use contract::visits::{VisitEnd, VisitMode, VisitObstacle};

#[derive(Debug)]
pub struct Visits {
    pub title: &'static str,
    pub description: &'static str,
    pub mode: fn(VisitMode) -> &'static str,
    pub end: fn(VisitEnd) -> &'static str,
    pub minutes: fn(u32) -> String,
    pub operator: &'static str,
    pub organization: &'static str,
    pub member: &'static str,
    pub reason: &'static str,
    pub ticket: &'static str,
    pub no_ticket: &'static str,
    pub column_mode: &'static str,
    pub began: &'static str,
    pub ended: &'static str,
    pub length: &'static str,
    pub open_until: fn(&str) -> String,
    pub ended_by: fn(&str, &str) -> String,
    pub acts: &'static str,
    pub acts_more: &'static str,
    pub no_acts: &'static str,
    pub what: &'static str,
    pub when: &'static str,
    pub stop: &'static str,
    pub list: List,
    pub begin: Begin,
    pub one: One,
    pub bar: Bar,
    pub outside: Outside,
    pub access: Access,
    pub own: Own,
}

#[derive(Debug)]
pub struct List {
    pub start: &'static str,
    pub search_placeholder: &'static str,
    pub state: &'static str,
    pub all: &'static str,
    pub only_open: &'static str,
    pub only_ended: &'static str,
    pub clear: &'static str,
    pub revoke: &'static str,
    pub empty_title: &'static str,
    pub empty_text: &'static str,
    pub no_match_title: &'static str,
    pub no_match_text: &'static str,
}

#[derive(Debug)]
pub struct Begin {
    pub title: &'static str,
    /// At a person in a list, and the same for who does not see the list.
    pub short: &'static str,
    pub of_person: fn(&str) -> String,
    pub find_text: &'static str,
    pub slug: &'static str,
    pub slug_hint: &'static str,
    pub email: &'static str,
    pub find: &'static str,
    pub nobody: &'static str,
    pub text: fn(&str, &str) -> String,
    pub told: &'static str,
    pub reason_hint: &'static str,
    pub button: &'static str,
    pub obstacle: fn(VisitObstacle) -> &'static str,
    pub factor: &'static str,
    pub factor_button: &'static str,
    pub back: &'static str,
}

#[derive(Debug)]
pub struct One {
    pub title: fn(&str) -> String,
    pub enter: &'static str,
    pub elevate_title: &'static str,
    pub elevate_text: &'static str,
    pub elevate: &'static str,
    pub elevate_factor: &'static str,
}

#[derive(Debug)]
pub struct Bar {
    pub label: &'static str,
    pub text: fn(&str, &str) -> String,
    /// On a page that is not the organization's, and the way back from there.
    pub elsewhere: fn(&str, &str) -> String,
    pub back: fn(&str) -> String,
    pub left: &'static str,
    pub over: &'static str,
    pub about: &'static str,
    /// Where it cannot be told what the browser is on.
    pub in_doubt: &'static str,
    pub title_mark: &'static str,
    pub menu: &'static str,
}

#[derive(Debug)]
pub struct Outside {
    pub title: &'static str,
    pub text: &'static str,
    pub over_title: fn(&str) -> String,
    pub over_text: &'static str,
    pub to_visits: &'static str,
}

#[derive(Debug)]
pub struct Access {
    pub title: &'static str,
    pub description: &'static str,
    pub now: fn(&str, &str) -> String,
    pub end: &'static str,
    pub one: fn(&str) -> String,
    pub empty_title: &'static str,
    pub empty_text: &'static str,
}

/// What a person reads about their own part in it.
#[derive(Debug)]
pub struct Own {
    pub title: &'static str,
    pub description: &'static str,
    pub now: fn(&str, &str) -> String,
    pub visit: &'static str,
    pub support: &'static str,
    pub acts_more: &'static str,
    pub empty_title: &'static str,
    pub empty_text: &'static str,
}

pub const ENGLISH: Visits = Visits {
    title: "Visits",
    description: "Who of us looked at which organization as whom, and why. The organization reads the same.",
    mode: |mode| match mode {
        VisitMode::ReadOnly => "Read-only",
        VisitMode::Elevated => "Changes allowed",
    },
    end: |end| match end {
        VisitEnd::Stopped => "Left",
        VisitEnd::Expired => "Ran out",
        VisitEnd::RevokedByStaff => "Ended by staff",
        VisitEnd::RevokedByTenant => "Ended by the organization",
        VisitEnd::RevokedBySubject => "Ended by the member",
        VisitEnd::OperatorGone => "The visitor was signed out, or is no longer staff",
        VisitEnd::SubjectGone => "The member is no longer there",
    },
    minutes: |minutes| match minutes {
        0 | 1 => "1 minute".to_owned(),
        minutes => format!("{minutes} minutes"),
    },
    operator: "Visitor",
    organization: "Organization",
    member: "Seen as",
    reason: "Reason",
    ticket: "Ticket",
    no_ticket: "None",
    column_mode: "Mode",
    began: "Began",
    ended: "Ended",
    length: "Length",
    open_until: |until| format!("Going on, until {until} at the latest"),
    ended_by: |end, name| format!("{end} ({name})"),
    acts: "What was looked at and tried",
    acts_more: "The latest 200 are shown. The audit log has all of them.",
    no_acts: "No page was opened.",
    what: "What",
    when: "When",
    stop: "Stop the visit",
    list: List {
        start: "Begin a visit",
        search_placeholder: "Organization, visitor or member",
        state: "State",
        all: "All",
        only_open: "Going on",
        only_ended: "Over",
        clear: "Clear the filters",
        revoke: "End it now",
        empty_title: "Nobody was visited yet",
        empty_text: "When somebody of the staff looks at an organization as one of its members, it is listed here.",
        no_match_title: "No visit is like this",
        no_match_text: "Leave something out of the filters and look again.",
    },
    begin: Begin {
        title: "Begin a visit",
        short: "Visit",
        of_person: |name| format!("See what {name} sees"),
        find_text: "You see an organization as one of its members sees it. Name the organization and the member.",
        slug: "Address of the organization",
        slug_hint: "What stands behind /o/ in its pages.",
        email: "E-mail address of the member",
        find: "Continue",
        nobody: "There is no such organization, or nobody in it with this address.",
        text: |organization, member| {
            format!("You will see {organization} as {member} sees it, for 30 minutes at most.")
        },
        told: "You can look and change nothing. Every page you open is recorded. The owners and the member are mailed \
               now and when you leave, and read your reason.",
        reason_hint: "At least ten characters. The organization reads it.",
        button: "Begin read-only visit",
        obstacle: |obstacle| match obstacle {
            VisitObstacle::Yourself => "This is you.",
            VisitObstacle::Staff => "Staff are visited by nobody.",
            VisitObstacle::NotActive => {
                "This person is no active member of the organization. Only active members can be visited."
            }
            VisitObstacle::OrganizationGone => "The organization was deleted.",
            VisitObstacle::AlreadyVisiting => "You are on a visit. Stop it before you begin another.",
        },
        factor: "Prove your second factor once more: the last time is too long ago for this.",
        factor_button: "Prove it now",
        back: "Back to the visits",
    },
    one: One {
        title: |organization| format!("Visit of {organization}"),
        enter: "Go to the organization",
        elevate_title: "Change something",
        elevate_text: "For 10 minutes you can change names, projects and tasks on behalf of the member. Never bills, roles, \
                       people, who sees what, keys, exports or credentials, and nothing can be deleted. The organization reads what you change.",
        elevate: "Allow changes for 10 minutes",
        elevate_factor: "This needs a second factor that you have proven since the visit began. What you began it with does not \
                         count, nor what you allowed changes with before.",
    },
    bar: Bar {
        label: "Visit",
        text: |organization, member| format!("You see {organization} as {member}"),
        elsewhere: |organization, member| format!("You are visiting {organization} as {member}"),
        back: |organization| format!("Back to {organization}"),
        left: "left",
        over: "time is up",
        about: "About this visit",
        in_doubt: "You may still be on a visit of an organization. This page cannot tell which.",
        title_mark: "● Visit",
        menu: "Your visits",
    },
    outside: Outside {
        title: "Staff belong to no organization",
        text: "To see one, begin a visit: with a reason, as one of its members, for half an hour.",
        over_title: |organization| format!("Your visit of {organization} is over"),
        over_text: "It ran out, or somebody put an end to it. Nothing of the organization can be seen any more.",
        to_visits: "To the visits",
    },
    access: Access {
        title: "Account access",
        description: "When somebody of our support looked at your organization: who, when, why, and what they did.",
        now: |operator, member| format!("{operator} is looking at your organization right now, as {member} sees it."),
        end: "End the visit now",
        one: |operator| format!("Visit by {operator}"),
        empty_title: "Nobody of us has looked at your organization",
        empty_text: "When support does, with a reason and for half an hour at most, you get a mail and find it here.",
    },
    own: Own {
        title: "Account access",
        description: "When somebody of our support saw an organization as you see it: who, when, why, and what they did.",
        now: |operator, organization| format!("{operator} is looking at {organization} right now, as you see it."),
        visit: "A visit",
        support: "Let in",
        acts_more: "The latest 200 are shown. All of them stand in the organization’s audit log, for whoever may read it there.",
        empty_title: "Nobody of us has looked from your place",
        empty_text: "When support sees an organization as you see it, with a reason and until a time, you find it here.",
    },
};
