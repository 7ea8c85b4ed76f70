//! The picture of a report.

use contract::{ids::ReportId, staff::StaffRight};

use super::screenshot::{PictureKind, Screenshot};
use crate::{Deps, Error, Result, actor::StaffActor, database::end_of_reading};

/// `NotFound` as well where the picture is older than pictures are kept.
pub async fn look(staff: &StaffActor, deps: &Deps, report: ReportId) -> Result<Screenshot> {
    staff.require(StaffRight::ReportsRead)?;
    let mut transaction = staff.begin_reading(deps).await?;
    let row = sqlx::query!(
        "select kind, width, height, content from problem_report_screenshots where report_id = $1",
        report.0,
    )
    .fetch_optional(&mut *transaction)
    .await?
    .ok_or(contract::Error::NotFound)?;
    end_of_reading(transaction);
    Ok(Screenshot {
        kind: PictureKind::from_key(&row.kind).ok_or_else(|| Error::fault("unknown kind"))?,
        width: u32::try_from(row.width).map_err(Error::fault)?,
        height: u32::try_from(row.height).map_err(Error::fault)?,
        content: row.content,
    })
}

#[cfg(test)]
mod tests {
    use contract::staff::StaffRole;

    use super::*;
    use crate::{
        reports::{
            send::{NewReport, Reporter, send},
            testing::{picture, saying},
        },
        testing::{TestDatabase, deps, staff, visitor},
    };

    #[tokio::test]
    async fn is_what_was_sent_and_nothing_where_none_was() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let guest = visitor();
        let with = NewReport {
            screenshot: Some(picture()),
            ..saying("")
        };
        let with = send(Reporter::Visitor(&guest), &deps, with).await.unwrap();
        let without = send(Reporter::Visitor(&guest), &deps, saying("Slow")).await.unwrap();
        let aud = staff(&database, &deps, "aud", StaffRole::Auditor).await;
        assert_eq!(look(&aud, &deps, with).await.unwrap(), picture());
        let missing = look(&aud, &deps, without).await.unwrap_err();
        assert_eq!(contract::Error::from(missing), contract::Error::NotFound);
    }
}
