//! What a person reads about the visits in which an organization was seen with their eyes. Who has left it since reads it all the
//! same: it was about them.

use contract::ids::VisitId;

use super::model::{Detail, Visited, detail, visits};
use crate::{Deps, Result, actor::UserActor};

/// How many visits the page shows.
const SHOWN: i64 = 100;

/// The latest first.
pub async fn list(user: &UserActor, deps: &Deps) -> Result<Vec<Visited>> {
    let mut transaction = user.begin_reading(deps).await?;
    let rows = visits!(
        "where v.subject_id = $1
        order by v.created_at desc, v.id desc limit $2",
        user.id().0,
        SHOWN,
    )
    .fetch_all(&mut *transaction)
    .await?;
    rows.into_iter().map(|row| row.visited(deps.now())).collect()
}

/// One of them, and what was done in it. Somebody else's is not found.
pub async fn get(user: &UserActor, deps: &Deps, visit: VisitId) -> Result<Detail> {
    let mut transaction = user.begin_reading(deps).await?;
    let row = visits!("where v.subject_id = $1 and v.id = $2", user.id().0, visit.0,)
        .fetch_optional(&mut *transaction)
        .await?
        .ok_or(contract::Error::NotFound)?;
    detail(&mut transaction, row.visited(deps.now())?).await
}

#[cfg(test)]
mod tests {
    use contract::{Error, staff::StaffRole, visits::VisitEnd};

    use super::*;
    use crate::{
        actor::{OrgActor, StaffActor, Visit, VisitStanding},
        testing::{TestDatabase, deps, join, organization, person, request, staff_session, visit},
        visits::{
            record::{Request, record},
            revoke::by_subject,
            settle::settle,
        },
    };

    fn refused<T: std::fmt::Debug>(result: Result<T>) -> Error {
        result.unwrap_err().into()
    }

    #[tokio::test]
    async fn a_person_reads_what_was_seen_with_their_eyes_and_ends_it_and_nobody_elses() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let carl = join(&database, &deps, &acme, &person(&deps, "carl").await, "member").await;
        let dora = join(&database, &deps, &acme, &person(&deps, "dora").await, "admin").await;
        let session = staff_session(&database, &deps, "sue", StaffRole::Support).await;
        let operator = UserActor::authenticate(&deps, &session, request())
            .await
            .unwrap()
            .unwrap();
        let sue = StaffActor::enter(&operator).unwrap();
        let (id, token) = visit(&deps, &sue, &carl).await;
        let standing = async || Visit::standing(&operator, &deps, &token).await.unwrap().unwrap();
        let VisitStanding::Live(live) = standing().await else {
            panic!("it goes on");
        };
        let guest = OrgActor::enter_as(&operator, &live, &deps, "acme").await.unwrap();
        record(&guest, &deps, Request::Seen("/o/acme/projects")).await.unwrap();

        let carl = carl.user();
        let seen = list(carl, &deps).await.unwrap();
        assert_eq!(seen.len(), 1);
        assert_eq!(
            (seen[0].id, seen[0].organization.as_str(), seen[0].end),
            (id, "acme", None)
        );
        for other in [acme.user(), dora.user(), &operator] {
            assert_eq!(list(other, &deps).await.unwrap(), []);
            assert_eq!(refused(get(other, &deps, id).await.map(|_| ())), Error::NotFound);
            assert_eq!(refused(by_subject(other, &deps, id).await), Error::NotFound);
        }
        // Behind the operations the policies say the same, to statements that name nobody. Of the log it is what the organization
        // has of it, and not the operator's own.
        for (reader, visits, entries) in [(carl, 1, 2), (acme.user(), 0, 0), (dora.user(), 0, 0)] {
            let mut transaction = reader.begin_reading(&deps).await.unwrap();
            let found: (i64, i64) = sqlx::query_as(
                "select (select count(*) from platform_impersonation_sessions),
                    (select count(*) from audit_log where on_behalf_of_user_id is not null)",
            )
            .fetch_one(&mut *transaction)
            .await
            .unwrap();
            assert_eq!(found, (visits, entries), "{}", reader.person().name);
        }

        for _ in 0..2 {
            by_subject(carl, &deps, id).await.unwrap();
        }
        assert!(matches!(standing().await, VisitStanding::Over { .. }));
        for _ in 0..2 {
            settle(&database.platform(), &deps).await.unwrap();
        }
        for chain in [acme.tenant().id.0, sue.id().0] {
            let told = format!("audit_log where chain_id = '{chain}' and action = 'visit.ended'");
            assert_eq!(database.count(&told).await, 1, "{told}");
        }

        // Also once they have left.
        sqlx::query("delete from tenant_members where user_id = $1")
            .bind(carl.id().0)
            .execute(database.owner())
            .await
            .unwrap();
        let seen = list(carl, &deps).await.unwrap();
        assert_eq!(
            (seen[0].end, seen[0].ended_by.as_deref()),
            (Some(VisitEnd::RevokedBySubject), Some("carl"))
        );
        let detail = get(carl, &deps, id).await.unwrap();
        let acts: Vec<_> = detail.acts.acts.iter().map(|act| act.action.as_str()).collect();
        assert_eq!(acts, ["visit.page_seen"]);
    }
}
