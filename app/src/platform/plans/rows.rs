//! Plans as pages and clients see them.

use contract::billing::{OverLimit, PlanChange, PlanConflict, PlanReview, PlanRow};
use domain::billing::editor::{
    list::{Change, Listed},
    review::Review,
    save::Conflict,
};

use crate::format::Formatter;

pub fn change(change: Change, formatter: Formatter) -> PlanChange {
    PlanChange {
        version: change.version,
        fields: change.fields,
        by: change.by,
        at: formatter.moment(change.at),
    }
}

pub fn row(listed: Listed, formatter: Formatter) -> PlanRow {
    PlanRow {
        plan: listed.plan,
        organizations: listed.organizations,
        last_change: listed.last_change.map(|last| change(last, formatter)),
    }
}

pub fn review(found: Review, formatter: Formatter) -> PlanReview {
    PlanReview {
        now: found.now,
        fields: found.fields,
        over: found
            .over
            .into_iter()
            .map(|(limit, organizations)| OverLimit { limit, organizations })
            .collect(),
        replaced: found.replaced,
        meanwhile: found.meanwhile.into_iter().map(|one| change(one, formatter)).collect(),
    }
}

pub fn conflict(conflict: Conflict, formatter: Formatter) -> PlanConflict {
    PlanConflict {
        plan: conflict.plan,
        version: conflict.version,
        changes: conflict.changes.into_iter().map(|one| change(one, formatter)).collect(),
    }
}
