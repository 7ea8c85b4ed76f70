//! What staff write down about an organization. Nobody changes a note; what turned out otherwise is another one.

use chrono::{DateTime, Utc};
use contract::{ids::TenantId, staff::StaffRight, text::NoteText};

use crate::{Deps, Result, actor::StaffActor, audit::Action, database::Transaction};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    pub body: String,
    /// The name of who wrote it.
    pub by: String,
    pub at: DateTime<Utc>,
}

/// Notes on the page of an organization.
const SHOWN: i64 = 50;

/// The organization's people do not read it: it stands in the chain of who wrote it.
pub async fn write(staff: &StaffActor, deps: &Deps, tenant: TenantId, text: NoteText) -> Result<()> {
    staff.require(StaffRight::TenantsManage)?;
    let mut transaction = staff.begin(deps).await?;
    let written = sqlx::query!(
        "insert into platform_notes (id, tenant_id, body, written_by, written_at) \
         select $1, t.id, $3, $4, $5 from tenants t where t.id = $2 and t.deleted_at is null",
        deps.id::<uuid::Uuid>(),
        tenant.0,
        text.as_str(),
        staff.id().0,
        deps.now(),
    )
    .execute(&mut *transaction)
    .await?;
    if written.rows_affected() == 0 {
        return Err(contract::Error::NotFound.into());
    }
    staff
        .audit(Action::NoteWritten)
        .subject(tenant.0)
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}

/// The newest first.
pub(super) async fn of(transaction: &mut Transaction, tenant: TenantId) -> Result<Vec<Note>> {
    let notes = sqlx::query_as!(
        Note,
        "select n.body, u.name as by, n.written_at as at from platform_notes n join users u on u.id = n.written_by \
         where n.tenant_id = $1 order by n.id desc limit $2",
        tenant.0,
        SHOWN,
    )
    .fetch_all(&mut **transaction)
    .await?;
    Ok(notes)
}

#[cfg(test)]
mod tests {
    use contract::{Error, staff::StaffRole};

    use super::*;
    use crate::{
        customers::organizations::get::get,
        testing::{TestDatabase, deps, organization, person, staff},
    };

    #[tokio::test]
    async fn stays_with_its_organization_and_out_of_its_peoples_sight() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let ann = person(&deps, "ann").await;
        let (acme, other) = (
            organization(&deps, &ann, "acme").await.tenant().id,
            organization(&deps, &ann, "other").await.tenant().id,
        );
        let sue = staff(&database, &deps, "sue", StaffRole::Support).await;
        let note = || NoteText::parse("Called about an invoice.\nWaits for the bank.").unwrap();
        write(&sue, &deps, acme, note()).await.unwrap();
        let of_acme = get(&sue, &deps, acme).await.unwrap().notes;
        assert_eq!((of_acme.len(), of_acme[0].by.as_str()), (1, "sue"));
        assert!(get(&sue, &deps, other).await.unwrap().notes.is_empty());
        assert_eq!(
            database
                .count(&format!(
                    "audit_log where action = 'note.written' and tenant_id <> '{acme}'"
                ))
                .await,
            1
        );
        let mut reading = ann.begin(&deps).await.unwrap();
        let read = sqlx::query("select from platform_notes").execute(&mut *reading).await;
        assert!(read.is_err(), "the application has no right to them");
        let bea = staff(&database, &deps, "bea", StaffRole::Billing).await;
        let refused = write(&bea, &deps, acme, note()).await.unwrap_err();
        assert_eq!(Error::from(refused), Error::Forbidden);
        let nowhere = write(&sue, &deps, deps.id(), note()).await.unwrap_err();
        assert_eq!(Error::from(nowhere), Error::NotFound);
    }

    #[tokio::test]
    async fn nobody_changes_one() {
        let database = TestDatabase::new().await;
        let changed = sqlx::query("update platform_notes set body = 'x'")
            .execute(database.platform().pool())
            .await;
        assert!(changed.is_err());
    }
}
