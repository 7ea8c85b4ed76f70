//! Reporting a problem, and the staff's inbox of what was reported.

use contract::reports::{ReportFilter, ReportState};

#[derive(Debug)]
pub struct Reports {
    /// In every frame, and on pages that could not be shown.
    pub report: &'static str,
    pub send: Send,
    pub sent: Sent,
    pub inbox: Inbox,
    pub one: One,
    pub state: fn(ReportState) -> &'static str,
    pub page: &'static str,
    pub unknown_page: &'static str,
    pub browser: &'static str,
    pub release: &'static str,
    pub request: &'static str,
    pub failed: &'static str,
}

#[derive(Debug)]
pub struct Send {
    pub title: &'static str,
    pub description: &'static str,
    pub description_failed: &'static str,
    pub note: &'static str,
    pub note_hint: &'static str,
    pub screenshot: &'static str,
    pub screenshot_hint: &'static str,
    pub client_error: &'static str,
    pub client_error_hint: &'static str,
    pub along: &'static str,
    pub who: &'static str,
    pub not_signed_in: &'static str,
    pub button: &'static str,
    pub back: &'static str,
}

#[derive(Debug)]
pub struct Sent {
    pub title: &'static str,
    pub description: fn(&str) -> String,
    pub back: &'static str,
    pub another: &'static str,
}

#[derive(Debug)]
pub struct Inbox {
    pub title: &'static str,
    pub description: &'static str,
    pub search_placeholder: &'static str,
    pub filter: fn(ReportFilter) -> &'static str,
    pub mine: &'static str,
    pub clear: &'static str,
    pub column_report: &'static str,
    pub column_state: &'static str,
    pub column_by: &'static str,
    pub column_received: &'static str,
    pub nothing_said: &'static str,
    pub screenshot: &'static str,
    pub visitor: &'static str,
    pub on_it: fn(&str) -> String,
    pub empty_title: &'static str,
    pub empty_text: &'static str,
    pub no_match_title: &'static str,
    pub no_match_text: &'static str,
}

#[derive(Debug)]
pub struct One {
    pub title: &'static str,
    pub facts: &'static str,
    pub received: &'static str,
    pub closed: &'static str,
    pub reporter: &'static str,
    pub organization: &'static str,
    pub in_visit: &'static str,
    pub told: &'static str,
    pub client_error: &'static str,
    pub no_client_error: &'static str,
    pub trace: &'static str,
    pub unknown_request: &'static str,
    pub assignee: &'static str,
    pub nobody: &'static str,
    pub screenshot: &'static str,
    pub screenshot_alt: &'static str,
    pub screenshot_size: fn(u32, u32, u32) -> String,
    pub download: &'static str,
    pub next: &'static str,
    pub take: &'static str,
    pub take_over: &'static str,
    pub resolve: &'static str,
    pub dismiss: &'static str,
    pub put_back: &'static str,
    pub reopen: &'static str,
}

pub const ENGLISH: Reports = Reports {
    report: "Report a problem",
    send: Send {
        title: "Report a problem",
        description: "Tell us what is wrong. Whoever looks into it reads what stands here, and nothing else.",
        description_failed: "A page could not be shown. Send this as it is, or add what you were about to do.",
        note: "What happened, and what did you expect?",
        note_hint: "No passwords, please.",
        screenshot: "Screenshot",
        screenshot_hint: "A PNG, JPEG or WebP of up to 2 MB. We keep it for 90 days at most.",
        client_error: "The last error in your browser",
        client_error_hint: "Your browser noted it. Change or remove it as you like.",
        along: "Sent along with it",
        who: "You",
        not_signed_in: "Not signed in",
        button: "Send the report",
        back: "Back to where you were",
    },
    sent: Sent {
        title: "Thank you",
        description: |reference| format!("We have your report and look into it. Its reference is {reference}."),
        back: "Back to where you were",
        another: "Report something else",
    },
    inbox: Inbox {
        title: "Reports",
        description: "What people reported as a problem, the newest first.",
        search_placeholder: "Words, a page, a request’s id or a whole address",
        filter: english_filter,
        mine: "Only those I am on",
        clear: "Clear the filters",
        column_report: "Report",
        column_state: "State",
        column_by: "Reported by",
        column_received: "Received",
        nothing_said: "Without a word",
        screenshot: "Screenshot",
        visitor: "A visitor",
        on_it: |name| format!("{name} is on it"),
        empty_title: "Nothing waits here",
        empty_text: "What people report by “Report a problem”, which is on every page, comes here.",
        no_match_title: "No report is like this",
        no_match_text: "Leave something out of the filters and look again.",
    },
    one: One {
        title: "Report",
        facts: "What is known",
        received: "Received",
        closed: "Closed",
        reporter: "Reported by",
        organization: "Organization",
        in_visit: "On a visit of the staff",
        told: "What they say",
        client_error: "Last error in the browser",
        no_client_error: "None was told.",
        trace: "Open the trace",
        unknown_request: "Unknown",
        assignee: "On it",
        nobody: "Nobody",
        screenshot: "Screenshot",
        screenshot_alt: "What the person saw",
        screenshot_size: |width, height, kilobytes| format!("{width} × {height} pixels, {kilobytes} kB"),
        download: "Download",
        next: "What comes next",
        take: "Take it on",
        take_over: "Take it over",
        resolve: "Resolve",
        dismiss: "Dismiss",
        put_back: "Put it back into the inbox",
        reopen: "Open it again",
    },
    state: english_state,
    page: "Page",
    unknown_page: "Unknown",
    browser: "Browser",
    release: "Release",
    request: "Request",
    failed: "Could not be shown",
};

fn english_state(state: ReportState) -> &'static str {
    match state {
        ReportState::Open => "Open",
        ReportState::InProgress => "In progress",
        ReportState::Resolved => "Resolved",
        ReportState::Dismissed => "Dismissed",
    }
}

fn english_filter(filter: ReportFilter) -> &'static str {
    match filter {
        ReportFilter::Waiting => "Open and in progress",
        ReportFilter::Open => "Open",
        ReportFilter::InProgress => "In progress",
        ReportFilter::Resolved => "Resolved",
        ReportFilter::Dismissed => "Dismissed",
        ReportFilter::All => "All",
    }
}
