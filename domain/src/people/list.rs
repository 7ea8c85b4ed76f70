//! The people of an organization in one list: members, guests, who is suspended, and invitations that wait.

use contract::{
    iam::Permission,
    people::{PeopleFigures, PeopleFilter, PeopleQuery, SeatUse},
};

use super::{
    roles::{self, Role},
    row::{Asked, Row, fetch, figure},
    seats,
};
use crate::{Deps, Result, actor::OrgActor};

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
    use contract::{
        iam::MemberType,
        ids::UserId,
        people::{PersonRights, PersonState},
    };
    use uuid::Uuid;

    use super::*;
    use crate::{
        people::{change_type::change_type, suspend::suspend},
        testing::{TestDatabase, clock_and_deps, deps, join, organization, person, proven, role_of},
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
        let id_of = async |name: &str| {
            let id: Uuid = sqlx::query_scalar("select id from users where name = $1")
                .bind(name)
                .fetch_one(database.owner())
                .await
                .unwrap();
            UserId(id)
        };
        suspend(&acme, &deps, id_of("cid").await).await.unwrap();
        change_type(&acme, &deps, id_of("bob").await, MemberType::Guest)
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
    async fn ownership_is_offered_to_whom_it_can_be_given() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let bob = person(&deps, "bob").await;
        join(&database, &deps, &acme, &bob, "member").await;
        let offered = async || {
            let page = list(&acme, &deps, &PeopleQuery::default()).await.unwrap();
            page.rows[1].rights.offer_ownership
        };
        assert!(!offered().await, "the address is not proven");
        proven(&database, &bob).await;
        assert!(offered().await);
        sqlx::query("update users set status = 'deactivated' where name = 'bob'")
            .execute(database.owner())
            .await
            .unwrap();
        assert!(!offered().await, "the account is paused");
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

    #[tokio::test]
    async fn whom_the_plan_has_no_room_for_stands_out_and_is_not_changed_by_who_has_not_paid() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let bob = person(&deps, "bob").await;
        join(&database, &deps, &acme, &bob, "member").await;
        sqlx::query("update tenant_members set paused_at = joined_at where user_id = $1")
            .bind(bob.id().0)
            .execute(database.owner())
            .await
            .unwrap();
        let seen = async |org: &OrgActor| {
            let page = list(org, &deps, &PeopleQuery::default()).await.unwrap();
            let row = page.rows.into_iter().nth(1).unwrap();
            (row.state, row.rights.change, row.rights.remove)
        };
        assert_eq!(seen(&acme).await, (PersonState::Paused, true, true));
        sqlx::query("update tenants set trial_ends_at = created_at")
            .execute(database.owner())
            .await
            .unwrap();
        let unpaid = OrgActor::enter(acme.user(), &deps, "acme").await.unwrap();
        assert_eq!(seen(&unpaid).await, (PersonState::Paused, false, true));
    }
}
