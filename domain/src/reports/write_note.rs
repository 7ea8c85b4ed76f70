//! What staff write down about a report. Nobody changes a note; what turned out otherwise is another one.

use contract::{ids::ReportId, staff::StaffRight, text::NoteText};

use super::hold;
use crate::{Deps, Result, actor::StaffActor, audit::Action};

pub async fn write_note(staff: &StaffActor, deps: &Deps, report: ReportId, text: &NoteText) -> Result<()> {
    staff.require(StaffRight::ReportsManage)?;
    let mut transaction = staff.begin(deps).await?;
    hold(&mut transaction, report).await?;
    sqlx::query!(
        "insert into problem_report_notes (report_id, id, body, written_by, written_at) values ($1, $2, $3, $4, $5)",
        report.0,
        deps.id::<uuid::Uuid>(),
        text.as_str(),
        staff.id().0,
        deps.now(),
    )
    .execute(&mut *transaction)
    .await?;
    staff
        .audit(Action::ReportNoted)
        .subject(report.0)
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use contract::{Error, staff::StaffRole};

    use super::*;
    use crate::{
        reports::{
            get::get,
            send::{Reporter, send},
            testing::saying,
        },
        testing::{TestDatabase, clock_and_deps, staff, visitor},
    };

    #[tokio::test]
    async fn the_newest_stands_first_and_nobody_changes_one() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let guest = visitor();
        let id = send(Reporter::Visitor(&guest), &deps, saying("Slow")).await.unwrap();
        let sam = staff(&database, &deps, "sam", StaffRole::Support).await;
        let note = |text| NoteText::parse(text).unwrap();
        write_note(&sam, &deps, id, &note("Seen it here too")).await.unwrap();
        clock.advance(TimeDelta::seconds(1));
        write_note(&sam, &deps, id, &note("It is the index")).await.unwrap();
        let notes = get(&sam, &deps, id).await.unwrap().notes;
        let said: Vec<_> = notes
            .iter()
            .map(|note| (note.body.as_str(), note.by.as_str()))
            .collect();
        assert_eq!(said, [("It is the index", "sam"), ("Seen it here too", "sam")]);
        let changed = sqlx::query("update problem_report_notes set body = 'x'")
            .execute(database.platform().pool())
            .await;
        assert!(changed.is_err());
        let bea = staff(&database, &deps, "bea", StaffRole::Billing).await;
        let refused = write_note(&bea, &deps, id, &note("x")).await.unwrap_err();
        assert_eq!(Error::from(refused), Error::Forbidden);
        let nothing = write_note(&sam, &deps, deps.id(), &note("x")).await.unwrap_err();
        assert_eq!(Error::from(nothing), Error::NotFound);
    }
}
