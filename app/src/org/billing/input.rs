//! What the forms and links of the bills send, parsed.

use contract::{
    billing::{BillingInterval, CancelReason},
    error::{Check, Error, FieldCode, Result},
    text::CancelComment,
};
use domain::billing::{Wanted, keep::Kept};

fn interval(key: &str) -> Result<BillingInterval, FieldCode> {
    BillingInterval::from_key(key).ok_or(FieldCode::Malformed)
}

pub fn seats(text: &str) -> Result<u32, FieldCode> {
    let text = text.trim();
    if text.is_empty() {
        return Err(FieldCode::Required);
    }
    let seats = text.parse().ok().filter(|seats| *seats > 0);
    seats.ok_or(FieldCode::Malformed)
}

fn reason(key: &str) -> Result<CancelReason, FieldCode> {
    if key.is_empty() {
        return Err(FieldCode::Required);
    }
    CancelReason::from_key(key).ok_or(FieldCode::Malformed)
}

/// Why somebody cancels, and what they say about it.
pub fn cancellation(reason: &str, comment: &str) -> Result<(CancelReason, CancelComment)> {
    let mut check = Check::default();
    let reason = check.field("reason", self::reason(reason));
    let said = CancelComment::parse(comment).and_then(|said| {
        // Something else says nothing by itself.
        let needed = reason == Some(CancelReason::Other) && said.as_str().is_empty();
        if needed { Err(FieldCode::Required) } else { Ok(said) }
    });
    let comment = check.field("comment", said);
    check.done(reason.zip(comment))
}

pub fn version(text: &str) -> Result<i64> {
    text.parse().map_err(|_| Error::field("version", FieldCode::Malformed))
}

/// What a form asks for. Everything that is wrong with it is told at once.
pub fn wanted(plan: String, interval: &str, seats: &str) -> Result<Wanted> {
    let mut check = Check::default();
    let interval = check.field("interval", self::interval(interval));
    let seats = check.field("seats", self::seats(seats));
    let (interval, seats) = check.done(interval.zip(seats))?;
    Ok(Wanted { plan, interval, seats })
}

/// What somebody wants to stay in use.
pub fn kept(projects: &[String], people: &[String]) -> Result<Kept> {
    let mut check = Check::default();
    let projects = check.field("projects", ids(projects));
    let people = check.field("people", ids(people));
    let (projects, people) = check.done(projects.zip(people))?;
    Ok(Kept { projects, people })
}

fn ids<Id: std::str::FromStr>(texts: &[String]) -> Result<Vec<Id>, FieldCode> {
    let parsed: Result<_, _> = texts.iter().map(|text| text.parse()).collect();
    parsed.map_err(|_| FieldCode::Malformed)
}
