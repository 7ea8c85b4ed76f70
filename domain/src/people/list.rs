//! The people of an organization in one list: members, guests, who is suspended, and invitations that wait.

use chrono::{DateTime, Utc};
use contract::{
    iam::{MemberType, Permission},
    ids::UserId,
    people::{PeopleFigures, PeopleFilter, PeopleQuery, PersonRights, PersonState, SeatUse, Who},
    tenant::TenantStatus,
};
use uuid::Uuid;

use super::{
    roles::{self, Role},
    seats,
    standing::{self, HeldRole, within},
};
use crate::{
    Deps, Error, Result,
    actor::{OrgActor, effective},
    database::Transaction,
};

#[derive(Debug, Clone)]
pub struct PeoplePage {
    pub rows: Vec<Row>,
    /// How many match, over all pages.
    pub total: u32,
    /// The page that is shown: the last one when the query asks for one beyond.
    pub page: u32,
    pub figures: PeopleFigures,
    pub seats: SeatUse,
    pub roles: Vec<Role>,
}

#[derive(Debug, Clone)]
pub struct Row {
    pub who: Who,
    pub name: Option<String>,
    pub email: String,
    pub(super) role: HeldRole,
    pub member_type: MemberType,
    pub state: PersonState,
    pub verified: bool,
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

/// Members first, then guests, invitations and who is suspended; each by name.
pub async fn list(org: &OrgActor, deps: &Deps, query: &PeopleQuery) -> Result<PeoplePage> {
    org.require(Permission::MembersRead)?;
    let seats = seats::seats(org, deps).await?;
    let mut transaction = org.begin(deps).await?;
    let asked = Asked {
        person: None,
        kind: (query.filter != PeopleFilter::All).then_some(query.filter.key()),
        pattern: contains(&query.search),
        role: query.role.map(|role| role.0),
        page: query.page,
    };
    let found = fetch(&mut transaction, org, deps, &asked).await?;
    let figures = sqlx::query!(
        r#"select count(*) filter (where status = 'active' and member_type = 'member') as "members!",
            count(*) filter (where status = 'active' and member_type = 'guest') as "guests!",
            count(*) filter (where status = 'suspended') as "suspended!",
            (select count(*) from tenant_invitations where tenant_id = $1 and status = 'pending') as "invitations!"
        from tenant_members where tenant_id = $1"#,
        org.tenant().id.0,
    )
    .fetch_one(&mut *transaction)
    .await?;
    let roles = roles::all(&mut transaction, org).await?;
    transaction.commit().await?;
    Ok(PeoplePage {
        rows: found.rows,
        total: found.total,
        page: found.page,
        figures: PeopleFigures {
            members: figure(figures.members),
            guests: figure(figures.guests),
            invitations: figure(figures.invitations),
            suspended: figure(figures.suspended),
        },
        seats,
        roles,
    })
}

/// One who is in the organization.
pub(super) async fn one(transaction: &mut Transaction, org: &OrgActor, deps: &Deps, person: UserId) -> Result<Row> {
    let asked = Asked {
        person: Some(person.0),
        kind: None,
        pattern: contains(""),
        role: None,
        page: 1,
    };
    let found = fetch(transaction, org, deps, &asked).await?;
    Ok(found.rows.into_iter().next().ok_or(contract::Error::NotFound)?)
}

struct Asked {
    person: Option<Uuid>,
    kind: Option<&'static str>,
    pattern: String,
    role: Option<Uuid>,
    page: u32,
}

struct Found {
    rows: Vec<Row>,
    total: u32,
    page: u32,
}

async fn fetch(transaction: &mut Transaction, org: &OrgActor, deps: &Deps, asked: &Asked) -> Result<Found> {
    let rows = sqlx::query!(
        r#"with people as (
            select m.user_id as person, null::uuid as invitation, u.name as label, u.email::text as email, m.role_id, m.member_type,
                m.joined_at as since, null::timestamptz as expires_at, null::uuid as invited_by,
                u.email_verified_at is not null as verified,
                case when m.status = 'suspended' then 'suspended' when m.member_type = 'guest' then 'guests' else 'members' end as kind
            from tenant_members m join users u on u.id = m.user_id
            where m.tenant_id = $1 and ($2::uuid is null or m.user_id = $2)
            union all
            select null, i.id, null, i.email::text, i.role_id, i.member_type, i.sent_at, i.expires_at, i.invited_by, false, 'invitations'
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
            m.expires_at as "expires_at?", m.verified as "verified?", m.kind as "kind?",
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
    // There is always a row, which carries the figures; without a match it carries nobody.
    let Some(first) = rows.first() else {
        return Err(Error::fault("the list has lost its figures"));
    };
    let mut found = Found {
        rows: Vec::with_capacity(rows.len()),
        total: figure(first.total),
        page: figure(first.page),
    };
    for row in rows {
        let who = match (row.person, row.invitation) {
            (Some(person), _) => Who::Person(person.into()),
            (None, Some(invitation)) => Who::Invitation(invitation.into()),
            (None, None) => continue,
        };
        let (Some(email), Some(member_type), Some(since), Some(kind), Some(id), Some(key), Some(name)) = (
            row.email,
            row.member_type,
            row.since,
            row.kind,
            row.role_id,
            row.role_key,
            row.role_name,
        ) else {
            return Err(Error::fault("somebody in the list has no role"));
        };
        let mut one = Row {
            who,
            name: row.label,
            email,
            role: HeldRole {
                id: id.into(),
                key,
                name,
                permissions: effective(&row.permissions, MemberType::Member),
                is_default: row.is_default.unwrap_or_default(),
            },
            member_type: MemberType::from_key(&member_type).ok_or_else(|| Error::fault("unknown type"))?,
            state: match (kind.as_str(), row.expires_at) {
                ("suspended", _) => PersonState::Suspended,
                (_, Some(expires_at)) if expires_at <= deps.now() => PersonState::Expired,
                (_, Some(_)) => PersonState::Pending,
                (_, None) => PersonState::Active,
            },
            verified: row.verified.unwrap_or_default(),
            since,
            expires_at: row.expires_at,
            invited_by: row.invited_by,
            last_change: row.last_change,
            rights: PersonRights::default(),
        };
        one.rights = rights(org, &one);
        found.rows.push(one);
    }
    Ok(found)
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
    let suspended = row.state == PersonState::Suspended;
    PersonRights {
        change: may(Permission::MembersUpdate),
        suspend: may(Permission::MembersUpdate) && !suspended && !yourself,
        restore: may(Permission::MembersUpdate) && suspended,
        remove: may(Permission::MembersRemove) && !yourself,
        offer_ownership: active
            && org.is_owner()
            && org.permissions().contains(Permission::TenantDelete)
            && !yourself
            && !suspended
            && row.verified
            && !row.is_guest()
            && !row.role.is_owner(),
        leave: yourself,
        invite: false,
    }
}

fn figure(count: i64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// A pattern that matches the text anywhere, and takes the wildcards in it as they are. Control characters are in no name,
/// and Postgres takes no text with a zero byte.
fn contains(text: &str) -> String {
    let mut pattern = String::from("%");
    for c in text.trim().chars().filter(|c| !c.is_control()) {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::{
        people::{change_type::change_type, suspend::suspend},
        testing::{TestDatabase, clock_and_deps, deps, join, organization, person, role_of},
    };

    async fn invite(database: &TestDatabase, deps: &Deps, org: &OrgActor, email: &str) {
        sqlx::query(
            "insert into tenant_invitations (tenant_id, id, email, role_id, member_type, invited_by, created_at, sent_at, expires_at) \
             select $1, $2, $3, id, 'member', $4, $5, $5, $5 + interval '7 days' from iam_roles where tenant_id = $1 and key = 'member'",
        )
        .bind(org.tenant().id.0)
        .bind(deps.id::<Uuid>())
        .bind(email)
        .bind(org.user().id().0)
        .bind(deps.now())
        .execute(database.owner())
        .await
        .unwrap();
    }

    #[tokio::test]
    async fn everybody_is_in_one_list_and_found_by_what_is_asked() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let other = organization(&deps, &person(&deps, "olaf").await, "other").await;
        invite(&database, &deps, &other, "elsewhere@example.test").await;
        for (name, role) in [("bob", "member"), ("cid", "member"), ("dan", "admin")] {
            join(&database, &deps, &acme, &person(&deps, name).await, role).await;
        }
        let named = async |name: &str| {
            let id: Uuid = sqlx::query_scalar("select id from users where name = $1")
                .bind(name)
                .fetch_one(database.owner())
                .await
                .unwrap();
            UserId(id)
        };
        suspend(&acme, &deps, named("cid").await).await.unwrap();
        change_type(&acme, &deps, named("bob").await, MemberType::Guest)
            .await
            .unwrap();
        invite(&database, &deps, &acme, "eve@example.test").await;

        let ask = async |query: PeopleQuery| {
            let page = list(&acme, &deps, &query).await.unwrap();
            let names = page
                .rows
                .iter()
                .map(|row| row.name.clone().unwrap_or_else(|| row.email.clone()));
            assert_eq!(page.total as usize, page.rows.len());
            let counted = page.figures;
            assert_eq!(
                (counted.members, counted.guests, counted.invitations, counted.suspended),
                (2, 1, 1, 1)
            );
            (names.collect::<Vec<_>>().join(" "), page)
        };
        let all = ask(PeopleQuery::default()).await;
        assert_eq!(all.0, "ann dan bob eve@example.test cid");
        assert_eq!((all.1.seats.members.used, all.1.seats.guests.used), (3, 1));
        assert_eq!(all.1.rows[3].invited_by.as_deref(), Some("ann"));
        let of_invitation = PersonRights {
            invite: true,
            ..PersonRights::default()
        };
        assert_eq!(all.1.rows[3].rights, of_invitation);
        assert!(all.1.rows[0].last_change.is_some() && all.1.rows[1].last_change.is_none());
        assert!(all.1.rows[4].rights.restore && !all.1.rows[4].rights.suspend);
        for (filter, expected) in [
            (PeopleFilter::Members, "ann dan"),
            (PeopleFilter::Guests, "bob"),
            (PeopleFilter::Invitations, "eve@example.test"),
            (PeopleFilter::Suspended, "cid"),
        ] {
            let query = PeopleQuery {
                filter,
                ..PeopleQuery::default()
            };
            assert_eq!(ask(query).await.0, expected);
        }
        for (search, expected) in [("BO", "bob"), ("eve@", "eve@example.test"), ("%", ""), ("_", "")] {
            let query = PeopleQuery {
                search: search.to_owned(),
                ..PeopleQuery::default()
            };
            assert_eq!(ask(query).await.0, expected, "{search}");
        }
        let query = PeopleQuery {
            role: Some(role_of(&database, &acme, "admin").await),
            ..PeopleQuery::default()
        };
        assert_eq!(ask(query).await.0, "dan");
        clock.advance(TimeDelta::days(7));
        let (_, page) = ask(PeopleQuery::default()).await;
        assert_eq!(page.rows[3].state, PersonState::Expired);
        assert_eq!(page.seats.members.used, 2, "it takes no seat");
    }

    #[tokio::test]
    async fn what_is_offered_is_what_would_be_done() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let admin = join(&database, &deps, &acme, &person(&deps, "bob").await, "admin").await;
        let member = join(&database, &deps, &acme, &person(&deps, "cid").await, "member").await;
        let offered = async |actor: &OrgActor| {
            let page = list(actor, &deps, &PeopleQuery::default()).await.unwrap();
            let of = |row: &Row| {
                (
                    row.rights.change,
                    row.rights.suspend,
                    row.rights.remove,
                    row.rights.leave,
                )
            };
            page.rows.iter().map(of).collect::<Vec<_>>()
        };
        let (all, none, own) = (
            (true, true, true, false),
            (false, false, false, false),
            (false, false, false, true),
        );
        assert_eq!(offered(&acme).await, [(true, false, false, true), all, all]);
        assert_eq!(offered(&admin).await, [none, (true, false, false, true), all]);
        assert_eq!(offered(&member).await, [none, none, own]);
    }

    #[tokio::test]
    async fn a_page_at_a_time_and_not_for_guests() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        for number in 0..27 {
            invite(&database, &deps, &acme, &format!("invited{number:02}@example.test")).await;
        }
        for (asked, shown, rows) in [(0, 1, 25), (1, 1, 25), (2, 2, 3), (u32::MAX, 2, 3)] {
            let query = PeopleQuery {
                page: asked,
                ..PeopleQuery::default()
            };
            let page = list(&acme, &deps, &query).await.unwrap();
            assert_eq!((page.total, page.page, page.rows.len()), (28, shown, rows), "{asked}");
        }
        let guest = join(&database, &deps, &acme, &person(&deps, "bob").await, "guest").await;
        let refused = list(&guest, &deps, &PeopleQuery::default()).await.unwrap_err();
        assert_eq!(contract::Error::from(refused), contract::Error::Forbidden);
    }
}
