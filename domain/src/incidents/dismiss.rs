//! Putting a notice away, for oneself.

use contract::ids::IncidentId;

use crate::{Deps, Result, actor::UserActor};

/// On every device of this person. What is said later is shown again. What is not there cannot be put away.
pub async fn dismiss(user: &UserActor, deps: &Deps, incident: IncidentId) -> Result<()> {
    let mut transaction = user.begin(deps).await?;
    let dismissed = sqlx::query!(
        "insert into incident_dismissals (user_id, incident_id, dismissed_at) \
         select $1, id, $3 from incidents where id = $2 and archived_at is null \
         on conflict (user_id, incident_id) do update set dismissed_at = excluded.dismissed_at",
        user.id().0,
        incident.0,
        deps.now(),
    )
    .execute(&mut *transaction)
    .await?;
    if dismissed.rows_affected() == 0 {
        return Err(contract::Error::NotFound.into());
    }
    transaction.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use contract::{
        Error,
        incident::{IncidentKind, IncidentState},
        staff::StaffRole,
        text::IncidentText,
    };

    use super::*;
    use crate::{
        incidents::{
            create::{NewIncident, create},
            post_update::post_update,
            shown::shown,
        },
        testing::{TestDatabase, clock_and_deps, person, staff},
    };

    #[tokio::test]
    async fn it_is_gone_for_who_put_it_away_until_more_is_said() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let (ann, bob) = (person(&deps, "ann").await, person(&deps, "bob").await);
        let ben = staff(&database, &deps, "ben", StaffRole::Support).await;
        let id = create(&ben, &deps, NewIncident::of(IncidentKind::Degraded, "Slow"))
            .await
            .unwrap();
        dismiss(&ann, &deps, id).await.unwrap();
        dismiss(&ann, &deps, id).await.unwrap();
        assert_eq!(shown(Some(&ann), &deps).await.unwrap(), []);
        assert_eq!(shown(Some(&bob), &deps).await.unwrap().len(), 1);
        assert_eq!(shown(None, &deps).await.unwrap().len(), 1);
        clock.advance(TimeDelta::seconds(1));
        let more = IncidentText::parse("It is a disk.").unwrap();
        post_update(&ben, &deps, id, IncidentState::Identified, &more)
            .await
            .unwrap();
        assert_eq!(shown(Some(&ann), &deps).await.unwrap().len(), 1);
        let none = dismiss(&ann, &deps, deps.id()).await.unwrap_err();
        assert_eq!(Error::from(none), Error::NotFound);
    }
}
