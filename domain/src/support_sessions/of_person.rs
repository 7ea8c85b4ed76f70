//! What a person reads about the support sessions in which an organization was seen with their eyes: those of whom they have let
//! in, and who came. Who has left it since reads it all the same.

use contract::ids::SupportSessionId;

use super::model::{Detail, Session, acts_of, sessions};
use crate::{Deps, Result, actor::UserActor};

/// How many sessions the page shows.
const SHOWN: i64 = 100;

/// The latest first, by when somebody came in.
pub async fn list(user: &UserActor, deps: &Deps) -> Result<Vec<Session>> {
    let mut transaction = user.begin_reading(deps).await?;
    let rows = sessions!(
        "where s.host_id = $1 and s.entered_at is not null
        order by s.entered_at desc, s.id desc limit $2",
        user.id().0,
        SHOWN,
    )
    .fetch_all(&mut *transaction)
    .await?;
    rows.into_iter().map(|row| row.session(deps.now())).collect()
}

/// One of them, and what was done in it. Somebody else's is not found.
pub async fn get(user: &UserActor, deps: &Deps, session: SupportSessionId) -> Result<Detail> {
    let mut transaction = user.begin_reading(deps).await?;
    let row = sessions!(
        "where s.host_id = $1 and s.entered_at is not null and s.id = $2",
        user.id().0,
        session.0,
    )
    .fetch_optional(&mut *transaction)
    .await?
    .ok_or(contract::Error::NotFound)?;
    let session = row.session(deps.now())?;
    let acts = acts_of(&mut transaction, &session, deps.now()).await?;
    Ok(Detail {
        session,
        acts: Some(acts),
    })
}

#[cfg(test)]
mod tests {
    use contract::{Error, staff::StaffRole, support::SupportArea};

    use super::*;
    use crate::{
        support_sessions::answer::approve,
        testing::{TestDatabase, ask_support, deps, join, organization, person, staff, support_asked, support_inside},
    };

    #[tokio::test]
    async fn a_person_reads_of_whom_they_let_in_and_of_nobody_else() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let dora = join(&database, &deps, &acme, &person(&deps, "dora").await, "admin").await;
        let (sue, tom) = (
            staff(&database, &deps, "sue", StaffRole::Support).await,
            staff(&database, &deps, "tom", StaffRole::Support).await,
        );
        let asked = ask_support(&[SupportArea::Work], false);
        let (id, _) = support_inside(&deps, &sue, &acme, &asked).await;
        // Nobody has come in by this one.
        let waits = support_asked(&deps, &tom, acme.tenant().id, &asked).await;
        approve(&acme, &deps, waits, asked.hours).await.unwrap();

        let ann = acme.user();
        let seen = list(ann, &deps).await.unwrap();
        assert_eq!(seen.iter().map(|session| session.id).collect::<Vec<_>>(), [id]);
        assert!(get(ann, &deps, id).await.unwrap().acts.is_some());
        assert_eq!(list(dora.user(), &deps).await.unwrap(), []);
        for (reader, session) in [(dora.user(), id), (ann, waits)] {
            let refused = get(reader, &deps, session).await.map(|_| ()).unwrap_err();
            assert_eq!(Error::from(refused), Error::NotFound);
        }
        for (reader, sessions) in [(ann, 1), (dora.user(), 0)] {
            let mut transaction = reader.begin_reading(&deps).await.unwrap();
            let found: i64 = sqlx::query_scalar("select count(*) from support_sessions")
                .fetch_one(&mut *transaction)
                .await
                .unwrap();
            assert_eq!(found, sessions, "{}", reader.person().name);
        }
    }
}
