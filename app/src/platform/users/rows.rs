//! An account as its reader sees it: moments in the reader's own language and zone.

use contract::customers::{self, PersonDetail};
use domain::customers::people::get::Person;

use crate::{account::device, format::Formatter, platform::tenants::rows::lockout};

pub fn detail(format: Formatter, found: Person) -> PersonDetail {
    PersonDetail {
        id: found.id,
        name: found.name,
        email: found.email,
        verified: found.verified_at.map(|at| format.moment(at)),
        status: found.status,
        has_password: found.has_password,
        factors: found.factors,
        staff: found.staff,
        since: format.moment(found.created_at),
        suspension: found.suspension.map(|suspension| customers::Suspension {
            reason: suspension.reason,
            by: suspension.by,
            at: format.moment(suspension.at),
        }),
        organizations: found
            .organizations
            .into_iter()
            .map(|place| customers::PersonPlace {
                id: place.tenant,
                name: place.name,
                slug: place.slug,
                tenant_status: place.tenant_status,
                role: place.role,
                member_type: place.member_type,
                status: place.status,
                since: format.moment(place.joined_at),
            })
            .collect(),
        sessions: found
            .sessions
            .into_iter()
            .map(|session| customers::PersonSession {
                id: session.id,
                device: device::name(&session.user_agent),
                address: session.address,
                signed_in: format.moment(session.created_at),
                last_seen: format.moment(session.last_seen_at),
            })
            .collect(),
        lockouts: found.lockouts.into_iter().map(|one| lockout(format, one)).collect(),
        may_manage: found.can_be_touched,
    }
}
