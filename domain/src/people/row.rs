//! One row of the people of an organization: somebody who is in, or an invitation that waits.

use chrono::{DateTime, Utc};
use contract::{
    iam::{MemberType, Permission},
    ids::UserId,
    people::{PeopleQuery, PersonRights, PersonState, Who},
    tenant::TenantStatus,
};
use uuid::Uuid;

use crate::{
    Deps, Error, Result,
    actor::{OrgActor, effective},
    database::Transaction,
    standing::{self, HeldRole, within},
};

#[derive(Debug, Clone)]
pub struct Row {
    pub who: Who,
    pub name: Option<String>,
    pub email: String,
    pub(super) role: HeldRole,
    pub member_type: MemberType,
    pub state: PersonState,
    pub verified: bool,
    /// Whether they have a second factor.
    pub two_step: bool,
    /// Whether the account itself is in use; never for an invitation.
    pub account_active: bool,
    /// When they joined, or were last mailed the invitation.
    pub since: DateTime<Utc>,
    pub expires_at: Option<DateTime<Utc>>,
    pub invited_by: Option<String>,
    /// When they last changed something in the organization.
    pub last_change: Option<DateTime<Utc>>,
    pub rights: PersonRights,
}

impl Row {
    pub fn role_id(&self) -> contract::ids::RoleId {
        self.role.id
    }

    pub fn role_name(&self) -> &str {
        &self.role.name
    }

    pub(super) fn is_guest(&self) -> bool {
        self.member_type == MemberType::Guest
    }

    /// What the role comes to for them.
    pub fn permissions(&self) -> contract::iam::PermissionSet {
        match self.member_type {
            MemberType::Member => self.role.permissions,
            MemberType::Guest => standing::for_guests(self.role.permissions),
        }
    }
}

/// Which rows are asked for.
pub(super) struct Asked {
    pub person: Option<Uuid>,
    pub kind: Option<&'static str>,
    /// As `ilike` takes it.
    pub pattern: String,
    pub role: Option<Uuid>,
    pub page: u32,
}

pub(super) struct Found {
    pub rows: Vec<Row>,
    pub total: u32,
    pub page: u32,
}

/// One who is in the organization.
pub(super) async fn one(transaction: &mut Transaction, org: &OrgActor, deps: &Deps, person: UserId) -> Result<Row> {
    let asked = Asked {
        person: Some(person.0),
        kind: None,
        pattern: "%".to_owned(),
        role: None,
        page: 1,
    };
    let found = fetch(transaction, org, deps, &asked).await?;
    Ok(found.rows.into_iter().next().ok_or(contract::Error::NotFound)?)
}

/// As the database tells it. There is always a row, which carries the figures; without a match it carries nobody.
struct Told {
    total: i64,
    page: i64,
    person: Option<Uuid>,
    invitation: Option<Uuid>,
    label: Option<String>,
    email: Option<String>,
    member_type: Option<String>,
    since: Option<DateTime<Utc>>,
    expires_at: Option<DateTime<Utc>>,
    undeliverable: Option<bool>,
    paused: Option<bool>,
    verified: Option<bool>,
    two_step: bool,
    account_active: Option<bool>,
    kind: Option<String>,
    role_id: Option<Uuid>,
    role_key: Option<String>,
    role_name: Option<String>,
    is_default: Option<bool>,
    permissions: Vec<String>,
    invited_by: Option<String>,
    last_change: Option<DateTime<Utc>>,
}

pub(super) async fn fetch(transaction: &mut Transaction, org: &OrgActor, deps: &Deps, asked: &Asked) -> Result<Found> {
    let told = sqlx::query_as!(
        Told,
        r#"with people as (
            select m.user_id as person, null::uuid as invitation, u.name as label, u.email::text as email, m.role_id, m.member_type,
                m.joined_at as since, null::timestamptz as expires_at, false as undeliverable,
                m.paused_at is not null as paused, null::uuid as invited_by, u.email_verified_at is not null as verified, u.status = 'active' and u.deleted_at is null as account_active,
                case when m.status = 'suspended' then 'suspended' when m.member_type = 'guest' then 'guests' else 'members' end as kind
            from tenant_members m join users u on u.id = m.user_id
            where m.tenant_id = $1 and ($2::uuid is null or m.user_id = $2)
            union all
            select null, i.id, null, i.email::text, i.role_id, i.member_type, i.sent_at, i.expires_at,
                i.undeliverable_at is not null, false, i.invited_by, false, false, 'invitations'
            from tenant_invitations i where i.tenant_id = $1 and i.status = 'pending' and $2::uuid is null
        ), matching as (
            select *, row_number() over (
                order by array_position(array['members', 'guests', 'invitations', 'suspended'], kind),
                    lower(coalesce(label, email)), person, invitation
            ) as position
            from people
            where ($3::text is null or kind = $3) and (label ilike $4 or email ilike $4) and ($5::uuid is null or role_id = $5)
        ), place as (
            select count(*) as total, greatest(least($6::bigint, (count(*) + $7 - 1) / $7), 1) as page from matching
        )
        select place.total as "total!", place.page as "page!", m.person as "person?", m.invitation as "invitation?",
            m.label as "label?", m.email as "email?", m.member_type as "member_type?", m.since as "since?",
            m.expires_at as "expires_at?", m.undeliverable as "undeliverable?", m.paused as "paused?",
            m.verified as "verified?",
            (exists (select from user_second_factors f where f.user_id = m.person and f.confirmed_at is not null)
                or exists (select from user_passkeys k where k.user_id = m.person)) as "two_step!",
            m.account_active as "account_active?", m.kind as "kind?",
            r.id as "role_id?", r.key as "role_key?", r.name as "role_name?", r.is_default as "is_default?",
            array(
                select p.permission from iam_role_permissions p where p.tenant_id = $1 and p.role_id = r.id
            ) as "permissions!",
            coalesce(inviter.name, accepted.inviter) as "invited_by?", latest.at as "last_change?"
        from place
        left join matching m on m.position > (place.page - 1) * $7::bigint and m.position <= place.page * $7
        left join iam_roles r on r.tenant_id = $1 and r.id = m.role_id
        left join users inviter on inviter.id = m.invited_by
        left join lateral (
            select u.name as inviter from tenant_invitations i join users u on u.id = i.invited_by
            where i.tenant_id = $1 and i.accepted_by = m.person order by i.ended_at desc limit 1
        ) accepted on true
        left join lateral (
            select a.occurred_at as at from audit_log a
            where a.tenant_id = $1 and a.actor_user_id = m.person order by a.occurred_at desc limit 1
        ) latest on true
        order by m.position"#,
        org.tenant().id.0,
        asked.person,
        asked.kind,
        asked.pattern,
        asked.role,
        i64::from(asked.page),
        i64::from(PeopleQuery::PAGE_SIZE),
    )
    .fetch_all(&mut **transaction)
    .await?;
    let Some(first) = told.first() else {
        return Err(Error::fault("the list has lost its figures"));
    };
    let mut found = Found {
        rows: Vec::with_capacity(told.len()),
        total: figure(first.total),
        page: figure(first.page),
    };
    for row in told {
        let who = match (row.person, row.invitation) {
            (Some(person), _) => Who::Person(person.into()),
            (None, Some(invitation)) => Who::Invitation(invitation.into()),
            (None, None) => continue,
        };
        let mut row = row
            .read(who, deps.now())
            .ok_or_else(|| Error::fault("somebody in the list has no role"))?;
        row.rights = rights(org, &row);
        found.rows.push(row);
    }
    Ok(found)
}

impl Told {
    fn read(self, who: Who, now: DateTime<Utc>) -> Option<Row> {
        Some(Row {
            who,
            name: self.label,
            email: self.email?,
            role: HeldRole {
                id: self.role_id?.into(),
                key: self.role_key?,
                name: self.role_name?,
                permissions: effective(&self.permissions, MemberType::Member),
                is_default: self.is_default?,
            },
            member_type: MemberType::from_key(&self.member_type?)?,
            state: match (self.kind?.as_str(), self.expires_at) {
                ("suspended", _) => PersonState::Suspended,
                (_, Some(expires_at)) if expires_at <= now => PersonState::Expired,
                (_, Some(_)) if self.undeliverable? => PersonState::Undeliverable,
                (_, Some(_)) => PersonState::Pending,
                (_, None) if self.paused? => PersonState::Paused,
                (_, None) => PersonState::Active,
            },
            verified: self.verified?,
            two_step: self.two_step,
            account_active: self.account_active?,
            since: self.since?,
            expires_at: self.expires_at,
            invited_by: self.invited_by,
            last_change: self.last_change,
            rights: PersonRights::default(),
        })
    }
}

/// What the one who asks can do with somebody. What they cannot do is not offered; the operation refuses it anyway.
fn rights(org: &OrgActor, row: &Row) -> PersonRights {
    let own = HeldRole {
        id: org.role().id,
        key: org.role().key.clone(),
        name: String::new(),
        permissions: org.permissions(),
        is_default: false,
    };
    let active = org.tenant().status == TenantStatus::Active;
    let Who::Person(person) = row.who else {
        let may_give = within(&own, org.permissions(), &row.role, row.role.permissions);
        return PersonRights {
            invite: active && may_give && org.permissions().contains(Permission::MembersInvite),
            ..PersonRights::default()
        };
    };
    let yourself = person == org.user().id();
    let reachable = active && within(&own, org.permissions(), &row.role, row.permissions());
    let may = |permission| reachable && org.permissions().contains(permission);
    let may_change = reachable && org.require_change(Permission::MembersUpdate).is_ok();
    let suspended = row.state == PersonState::Suspended;
    PersonRights {
        change: may_change,
        suspend: may(Permission::MembersUpdate) && !suspended && !yourself,
        restore: may_change && suspended,
        remove: may(Permission::MembersRemove) && !yourself,
        offer_ownership: active
            && org.is_owner()
            && org.permissions().contains(Permission::TenantDelete)
            && !yourself
            && !suspended
            && row.verified
            && row.account_active
            && !row.is_guest()
            && !row.role.is_owner(),
        leave: yourself,
        invite: false,
    }
}

pub(super) fn figure(count: i64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
