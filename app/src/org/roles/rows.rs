//! A role as its reader sees it.

use domain::actor::OrgActor;

pub fn role(role: domain::roles::Role, reader: &OrgActor) -> contract::role::Role {
    contract::role::Role {
        own: role.id == reader.role().id,
        id: role.id,
        default: role.default,
        name: role.name,
        description: role.description,
        permissions: role.permissions,
        people: role.people,
        guests: role.guests,
        invitations: role.invitations,
        version: role.version,
    }
}
