//! Bills as their repairer sees them: values in words, moments in the reader's own zone.

use chrono::{DateTime, Utc};
use contract::{
    billing::{
        self, AdjustmentRow, DeskLine, DriftLine, DriftList, DriftedOrganization, ProviderAnswer, RepairCharge,
        RepairDesk, RepairFact, RepairLine, RepairPreview, Sharing,
    },
    error::Result,
    ids::TenantId,
};
use domain::billing::{
    desk::{
        Value,
        list::Page,
        look::{Looked, Provider},
        preview::{DryRun, Preview},
        seats::SeatPlan,
        situation::Seen,
    },
    drifts::DriftKind,
};

use super::input::place_text;
use crate::{format::Formatter, messages, org::billing::rows::adjustment, platform::drift::side};

pub fn list(page: Page, formatter: Formatter, now: DateTime<Utc>) -> DriftList {
    DriftList {
        next: page.next.map(place_text),
        rows: page
            .drifts
            .into_iter()
            .map(|open| DriftedOrganization {
                tenant: open.tenant,
                name: open.name,
                slug: open.slug,
                drift: DriftLine {
                    kind: open.kind.key().to_owned(),
                    ours: side(open.kind, open.ours, formatter),
                    theirs: side(open.kind, open.theirs, formatter),
                    hours: hours(open.found_at, now),
                    found: formatter.moment(open.found_at),
                },
            })
            .collect(),
    }
}

fn hours(since: DateTime<Utc>, now: DateTime<Utc>) -> u32 {
    u32::try_from((now - since).num_hours()).unwrap_or_default()
}

pub fn desk(found: Looked, formatter: Formatter, now: DateTime<Utc>) -> RepairDesk {
    let told = found.provider == Provider::Told;
    RepairDesk {
        tenant: found.tenant,
        name: found.name,
        slug: found.slug,
        drifts: found
            .drifts
            .into_iter()
            .map(|drift| DriftLine {
                kind: drift.kind.key().to_owned(),
                ours: side(drift.kind, drift.ours, formatter),
                theirs: side(drift.kind, drift.theirs, formatter),
                hours: hours(drift.found_at, now),
                found: formatter.moment(drift.found_at),
            })
            .collect(),
        provider: match found.provider {
            Provider::Told => ProviderAnswer::Told,
            Provider::Away(words) => ProviderAnswer::Away(words),
            Provider::NotSetUp => ProviderAnswer::NotSetUp,
        },
        lines: found
            .lines
            .into_iter()
            .map(|line| DeskLine {
                fact: line.fact,
                ours: words(&line.ours, formatter),
                theirs: told.then(|| words(&line.theirs, formatter)),
                differs: told && line.differs,
            })
            .collect(),
        shared_with: found
            .shared_with
            .into_iter()
            .map(|(tenant, name)| Sharing { tenant, name })
            .collect(),
        given: found.given,
        adjustments: found
            .adjustments
            .into_iter()
            .map(|one| AdjustmentRow {
                adjustment: adjustment(formatter, one.adjustment),
                reason: one.reason,
                by: one.by,
            })
            .collect(),
    }
}

pub fn preview(tenant: TenantId, found: Preview, formatter: Formatter) -> Result<RepairPreview> {
    let (obstacle, dry_run) = match found.dry_run {
        None => (None, None),
        Some(Err(obstacle)) => (Some(obstacle), None),
        Some(Ok(run)) => (None, Some(dry_run(run, formatter)?)),
    };
    Ok(RepairPreview {
        tenant,
        name: found.name,
        obstacle,
        dry_run,
        plans: found.plans,
        known_customer: found.known_customer,
    })
}

fn dry_run(run: DryRun, formatter: Formatter) -> Result<billing::DryRun> {
    let keys = |kinds: &[DriftKind]| kinds.iter().map(|kind| kind.key().to_owned()).collect();
    let pairs = run.seen.before.facts().into_iter().zip(run.seen.after.facts());
    Ok(billing::DryRun {
        lines: pairs
            .map(|((fact, before), (_, after))| RepairLine {
                fact,
                changes: before != after,
                before: words(&before, formatter),
                after: words(&after, formatter),
            })
            .collect(),
        charge: run.seats.map(|seats| charge(&seats, formatter)),
        settles: keys(&run.settles),
        remains: keys(&run.remains),
        seen: run.seen.token()?,
    })
}

fn charge(seats: &SeatPlan, formatter: Formatter) -> RepairCharge {
    RepairCharge {
        today: formatter.money(seats.today, &seats.currency),
        renewal: formatter.money(seats.renewal, &seats.currency),
        effective: formatter.moment(seats.effective),
    }
}

/// What has become something else since somebody looked: was, and is. Nothing for what is no token.
pub fn moved(was: &str, is: &str, formatter: Formatter) -> Vec<(RepairFact, String, String)> {
    let Some((was, is)) = Seen::parse(was).zip(Seen::parse(is)) else {
        return Vec::new();
    };
    was.moved(&is)
        .into_iter()
        .map(|(fact, was, is)| (fact, words(&was, formatter), words(&is, formatter)))
        .collect()
}

fn words(value: &Value, formatter: Formatter) -> String {
    let messages = messages::current();
    let texts = &messages.repair;
    match value {
        Value::Nothing => texts.nothing.to_owned(),
        Value::Word(word) | Value::Plan(word) => word.clone(),
        Value::Organization(tenant) => tenant.to_string(),
        Value::Count(count) => count.to_string(),
        Value::Limit(None) => texts.unlimited.to_owned(),
        Value::Limit(Some(limit)) => limit.to_string(),
        Value::Money(amount, currency) => formatter.money(*amount, currency).text,
        Value::At(at) => formatter.moment(*at).text,
        Value::State(state) => (messages.standing.state)(*state).to_owned(),
        Value::Status(status) => (texts.status)(status.key()),
        Value::Interval(interval) => (messages.billing.paid)(*interval).to_owned(),
        Value::Given {
            plan,
            complimentary,
            until,
        } => {
            let until = until.map(|at| formatter.moment(at).text);
            (texts.given)(plan, *complimentary, until.as_deref())
        }
        Value::Pending {
            plan,
            seats,
            applies_at,
        } => (texts.pending)(plan.as_deref(), *seats, &formatter.moment(*applies_at).text),
    }
}
