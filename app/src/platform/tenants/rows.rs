//! An organization as its reader sees it: moments and amounts in the reader's own language and zone.

use contract::{
    billing::BillingStanding,
    customers::{self, OrganizationDetail},
    notes::NoteRow,
    staff::StaffRight,
};
use domain::{
    actor::StaffActor,
    billing::Held,
    customers::organizations::{Bills, TroubleKind, get::Organization},
    throttle::Lockout,
};

use crate::{account::device, audit::rows::row, format::Formatter, org::billing::rows::invoice, platform::drift::side};

pub fn detail(actor: &StaffActor, found: Organization) -> OrganizationDetail {
    let format = Formatter::from(actor.user().person());
    let (identity, plan) = (found.identity, found.plan);
    let effective = plan.effective;
    OrganizationDetail {
        id: identity.id,
        name: identity.name,
        slug: identity.slug,
        former_slugs: identity.former_slugs,
        status: identity.status,
        since: format.moment(identity.created_at),
        created_by: identity.created_by,
        creator: identity.creator,
        purge_after: identity.purge_after.map(|at| format.moment(at)),
        over_limit_since: identity.over_limit_since.map(|at| format.moment(at)),
        suspension: found.suspension.map(|suspension| customers::Suspension {
            reason: suspension.reason,
            by: suspension.by,
            at: format.moment(suspension.at),
        }),
        plan: plan.name,
        standing: BillingStanding {
            state: effective.state,
            pill: effective.pill,
            banner: effective.banner,
            days_left: effective.days_left,
            until: effective.until.map(|until| format.moment(until)),
        },
        limits: found.limits.to_vec(),
        bills: bills(format, found.bills),
        people_count: found.members.count,
        people: found
            .members
            .shown
            .into_iter()
            .map(|member| customers::OrganizationPerson {
                id: member.user,
                name: member.name,
                email: member.email,
                role: member.role,
                member_type: member.member_type,
                status: member.status,
                account_rests: member.account_rests,
                last_seen: member.last_seen.map(|at| format.moment(at)),
            })
            .collect(),
        devices: found
            .devices
            .into_iter()
            .map(|one| customers::DeviceRow {
                user: one.user,
                name: one.name,
                device: device::name(&one.user_agent),
                address: one.address,
                last_seen: format.moment(one.last_seen),
            })
            .collect(),
        troubles: found
            .troubles
            .into_iter()
            .map(|trouble| customers::TroubleRow {
                kind: kind(trouble.kind),
                what: trouble.what,
                why: trouble.why,
                report: trouble.report,
                request: trouble.request,
                times: trouble.times,
                person: trouble.person,
                at: format.moment(trouble.at),
            })
            .collect(),
        waiting: found.waiting.into_iter().map(|one| lockout(format, one)).collect(),
        flags: found.flags,
        notes: found
            .notes
            .into_iter()
            .map(|note| NoteRow {
                body: note.body,
                by: note.by,
                at: format.moment(note.at),
            })
            .collect(),
        entries: found
            .entries
            .into_iter()
            .map(|entry| row(entry, &found.names, format))
            .collect(),
        may_manage: actor.may(StaffRight::TenantsManage),
    }
}

fn bills(format: Formatter, found: Bills) -> customers::BillFacts {
    customers::BillFacts {
        customer: found.customer,
        subscription: found.subscription.map(|held| subscription(format, &held)),
        given: found.given.map(|given| customers::GivenPlan {
            plan: given.plan,
            complimentary: given.complimentary,
            reason: given.reason,
            until: given.until.map(|at| format.moment(at)),
        }),
        invoices: found.invoices.into_iter().map(|one| invoice(format, one)).collect(),
        drifts: found
            .drifts
            .into_iter()
            .map(|drift| customers::DriftRow {
                kind: drift.kind.key().to_owned(),
                ours: side(drift.kind, drift.ours, format),
                theirs: side(drift.kind, drift.theirs, format),
                found: format.moment(drift.found_at),
            })
            .collect(),
    }
}

fn subscription(format: Formatter, held: &Held) -> customers::SubscriptionFacts {
    let ends = held.ends().or(held.ended_at);
    customers::SubscriptionFacts {
        id: held.id.as_str().to_owned(),
        status: held.status.key().to_owned(),
        plan: held.plan_key.clone(),
        seats: held.seats,
        amount: format.money(held.amount, &held.currency),
        renews: held.period_end.filter(|_| ends.is_none()).map(|at| format.moment(at)),
        ends: ends.map(|at| format.moment(at)),
        past_due_since: held.past_due_at.map(|at| format.moment(at)),
    }
}

const fn kind(kind: TroubleKind) -> customers::Trouble {
    match kind {
        TroubleKind::Payment => customers::Trouble::Payment,
        TroubleKind::PaymentEvent => customers::Trouble::PaymentEvent,
        TroubleKind::Invitation => customers::Trouble::Invitation,
        TroubleKind::Job => customers::Trouble::Job,
        TroubleKind::Report => customers::Trouble::Report,
        TroubleKind::Fault => customers::Trouble::Fault,
    }
}

/// What is counted of somebody or something.
pub fn lockout(format: Formatter, found: Lockout) -> customers::LockoutRow {
    customers::LockoutRow {
        policy: found.policy.key().to_owned(),
        attempts: found.attempts,
        until: found.until.map(|at| format.moment(at)),
    }
}
