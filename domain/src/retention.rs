//! How long what is kept for a while is kept. The hourly clean-up goes by it, and the documentation is written from it.
//!
//! What belongs to an organization, a person or the bin ends with these, after days of grace: see `tenants::delete`,
//! `jobs::erase_account` and `projects::bin`. The audit log is kept; what it tells of a person is redacted with their account.

#[cfg(test)]
mod year;

use chrono::TimeDelta;

use crate::{actor::SESSION_IDLE, billing::events, identity::second_factor, people::report, throttle};

/// A used or expired link, to tell its owner that it was one.
pub(crate) const LINK: TimeDelta = TimeDelta::days(7);
/// The link of an invitation that nobody accepted, which still leads to where one can ask for another.
pub(crate) const INVITATION_LINK: TimeDelta = TimeDelta::days(30);
/// An invitation to the staff that is over: as long as one may ask how it came about. The audit log goes on telling who was invited and
/// who became staff.
pub(crate) const STAFF_INVITATION: TimeDelta = TimeDelta::days(90);
/// A second factor that waits for its first code.
pub(crate) const ABANDONED_FACTOR: TimeDelta = TimeDelta::days(1);
/// The secret of a visit or a support session that is over, to tell whoever was on it that it is.
pub(crate) const STAFF_SECRET: TimeDelta = TimeDelta::days(1);
/// How a job went.
pub(crate) const JOB_RUN: TimeDelta = TimeDelta::days(90);
/// A job that was given up, with what it was to do: as long as the history tells how it went. Until then it can be tried again.
pub(crate) const GIVEN_UP_JOB: TimeDelta = JOB_RUN;
/// A report of a problem that is closed.
pub(crate) const REPORT: TimeDelta = TimeDelta::days(365);
/// The picture that came with one, closed or not: it shows more than is told.
pub(crate) const SCREENSHOT: TimeDelta = TimeDelta::days(90);
/// A fault that somebody met: as far back as the page of their organization looks.
pub(crate) const FAULT: TimeDelta = TimeDelta::days(30);

#[derive(Debug, Clone, Copy)]
pub struct Period {
    pub table: &'static str,
    pub what: &'static str,
    /// From when on the time runs.
    pub since: &'static str,
    pub kept: TimeDelta,
}

/// All of them, in the order of the documentation.
pub fn periods() -> impl Iterator<Item = Period> {
    of_people().into_iter().chain(of_the_house())
}

const fn period(table: &'static str, what: &'static str, since: &'static str, kept: TimeDelta) -> Period {
    Period {
        table,
        what,
        since,
        kept,
    }
}

/// What comes and goes with people and those who are invited.
fn of_people() -> [Period; 11] {
    [
        period(
            "user_sessions",
            "A session, with its address and device",
            "it was last used, at the latest when it expires",
            SESSION_IDLE,
        ),
        period(
            "user_tokens",
            "A link that was mailed: to verify, sign in, reset, resume",
            "it expired",
            LINK,
        ),
        period(
            "user_factor_challenges",
            "A sign-in that waits for its second step",
            "it expired",
            TimeDelta::zero(),
        ),
        period(
            "user_passkey_challenges",
            "What a browser was asked to sign with a passkey",
            "it expired",
            TimeDelta::zero(),
        ),
        period(
            "user_second_factors",
            "An authenticator that was set up and never confirmed",
            "it was set up",
            ABANDONED_FACTOR,
        ),
        period(
            "user_recovery_codes",
            "Recovery codes as they can be read; their hashes stay",
            "they were made",
            second_factor::SHOWN,
        ),
        period(
            "rate_limits",
            "A counter of attempts",
            "its window began",
            throttle::longest_window(),
        ),
        period(
            "blocked_addresses",
            "An address from which nobody may come in",
            "the time of the block is over",
            TimeDelta::zero(),
        ),
        period(
            "tenant_invitation_batches",
            "What became of each address of a batch of invitations",
            "it was sent",
            report::KEPT,
        ),
        period(
            "invitation_codes",
            "The link of an invitation that nobody accepted; of one that was accepted, declined or revoked for 7 days",
            "the invitation expired",
            INVITATION_LINK,
        ),
        period(
            "platform_invitations",
            "An invitation to the staff: accepted, taken back, or run out",
            "it was over",
            STAFF_INVITATION,
        ),
    ]
}

/// What the house keeps of its own work.
fn of_the_house() -> [Period; 8] {
    [
        period(
            "billing_payment_events",
            "A message of the payment provider, as it was received",
            "it was received",
            events::KEPT,
        ),
        period(
            "platform_impersonation_sessions",
            "The secret of a visit; who looked at what stays",
            "it ended",
            STAFF_SECRET,
        ),
        period(
            "support_sessions",
            "The secret of a support session; who was let in stays",
            "it ended",
            STAFF_SECRET,
        ),
        period("job_runs", "How a job went, with its error", "it ended", JOB_RUN),
        period(
            "graphile_worker._private_jobs",
            "A job that was given up, with whom it was to reach",
            "it would have been tried once more",
            GIVEN_UP_JOB,
        ),
        period(
            "problem_reports",
            "A report of a problem, with its notes",
            "it was closed",
            REPORT,
        ),
        period(
            "problem_report_screenshots",
            "The picture that came with a report",
            "it was received",
            SCREENSHOT,
        ),
        period(
            "request_faults",
            "A fault of ours that somebody met: where, when, and in which request",
            "it happened",
            FAULT,
        ),
    ]
}
