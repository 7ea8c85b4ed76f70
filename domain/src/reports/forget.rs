//! What is left of a person's reports when their account is erased: nothing. What they wrote and what their pictures show is
//! theirs, and what the house has written about it may tell of them as well.

use contract::ids::UserId;

use crate::{Result, database::PlatformDatabase};

/// Harmless to repeat.
pub(crate) async fn forget(platform: &PlatformDatabase, user: UserId) -> Result<()> {
    sqlx::query!("delete from problem_reports where user_id = $1", user.0)
        .execute(platform.pool())
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use contract::{staff::StaffRole, text::NoteText};

    use super::*;
    use crate::{
        reports::{
            send::{NewReport, Reporter, send},
            testing::{picture, saying},
            write_note::write_note,
        },
        testing::{TestDatabase, deps, person, staff},
    };

    #[tokio::test]
    async fn theirs_go_with_picture_and_notes_and_those_of_others_stay() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let sam = staff(&database, &deps, "sam", StaffRole::Support).await;
        let (ann, bob) = (person(&deps, "ann").await, person(&deps, "bob").await);
        for user in [&ann, &bob] {
            let new = NewReport {
                screenshot: Some(picture()),
                ..saying("Slow")
            };
            let id = send(Reporter::Person { user, visit: None }, &deps, new).await.unwrap();
            write_note(&sam, &deps, id, &NoteText::parse("Called them").unwrap())
                .await
                .unwrap();
        }
        for _ in 0..2 {
            forget(&database.platform(), ann.id()).await.unwrap();
            for table in ["problem_reports", "problem_report_screenshots", "problem_report_notes"] {
                assert_eq!(database.count(table).await, 1, "{table}");
            }
        }
    }
}
