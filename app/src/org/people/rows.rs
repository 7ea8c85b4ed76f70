//! People as their reader sees them: moments in the reader's own zone and language.

use contract::{
    iam::Permission,
    people::{Given, OwnershipOffer, PeopleList, PersonDetail, PersonRow, RoleChange, RoleChoice, Who},
    tenant::TenantStatus,
};
use domain::{
    actor::OrgActor,
    people::{Row, change_role::Change, get::Person, list::PeoplePage, offers::Offer, roles::Role},
};

use crate::format::Formatter;

pub fn people_list(actor: &OrgActor, page: PeoplePage) -> PeopleList {
    PeopleList {
        rows: page.rows.into_iter().map(|row| person_row(actor, row)).collect(),
        total: page.total,
        page: page.page,
        figures: page.figures,
        seats: page.seats,
        roles: page.roles.into_iter().map(choice).collect(),
    }
}

pub fn person_detail(actor: &OrgActor, found: Person) -> PersonDetail {
    fn given<Id>((id, name): (Id, String)) -> Given<Id> {
        Given { id, name }
    }
    PersonDetail {
        permissions: found.row.permissions(),
        row: person_row(actor, found.row),
        workspaces: found.workspaces.into_iter().map(given).collect(),
        projects: found.projects.into_iter().map(given).collect(),
        open_tasks: found.open_tasks,
        roles: found.roles.into_iter().map(choice).collect(),
        last_owner: found.last_owner,
        among_others: actor.permissions().contains(Permission::MembersRead),
    }
}

pub fn role_change(change: Change) -> RoleChange {
    let choice = |(id, name)| RoleChoice { id, name };
    RoleChange {
        from: choice(change.from),
        to: choice(change.to),
        makes_owner: change.makes_owner,
        lost: change.lost,
        gained: change.gained,
    }
}

pub fn offer(actor: &OrgActor, offer: Offer) -> OwnershipOffer {
    let to_you = offer.offered_to == actor.user().id();
    let active = actor.tenant().status == TenantStatus::Active;
    OwnershipOffer {
        id: offer.id,
        giver: offer.giver,
        receiver: offer.receiver,
        expires: Formatter::from(actor.user().person()).moment(offer.expires_at),
        to_you,
        acceptable: to_you && active,
        yours: active && actor.is_owner() && actor.permissions().contains(Permission::TenantDelete),
    }
}

fn person_row(actor: &OrgActor, row: Row) -> PersonRow {
    let formatter = Formatter::from(actor.user().person());
    let may_require = actor.permissions().contains(Permission::TenantUpdate);
    // That somebody has none is worth a word where it is required.
    let told = row.two_step || actor.tenant().second_factor_required;
    PersonRow {
        two_step: (may_require && told && matches!(row.who, Who::Person(_))).then_some(row.two_step),
        who: row.who,
        you: row.who == Who::Person(actor.user().id()),
        role: RoleChoice {
            id: row.role_id(),
            name: row.role_name().to_owned(),
        },
        name: row.name,
        email: row.email,
        member_type: row.member_type,
        state: row.state,
        since: formatter.moment(row.since),
        expires: row.expires_at.map(|at| formatter.moment(at)),
        invited_by: row.invited_by,
        last_change: row.last_change.map(|at| formatter.moment(at)),
        rights: row.rights,
    }
}

fn choice(role: Role) -> RoleChoice {
    RoleChoice {
        id: role.id,
        name: role.name,
    }
}
