//! Taking a paused organization up again.

use contract::iam::Permission;

use super::status::{self, Step};
use crate::{Deps, Result, actor::OrgActor, audit::Action, standing};

/// Everybody is let in again. Not paused is no error; a deleted one is restored instead.
pub async fn reactivate(org: &OrgActor, deps: &Deps) -> Result<()> {
    org.require(Permission::TenantDelete)?;
    let tenant = org.tenant().id;
    let mut transaction = org.begin(deps).await?;
    standing::hold_present(&mut transaction, org)
        .await?
        .require(Permission::TenantDelete)?;
    let Some(becomes) = status::lock(&mut transaction, tenant).await?.take(Step::Reactivate)? else {
        transaction.rollback().await?;
        return Ok(());
    };
    status::set(&mut transaction, tenant, becomes, None, deps.now()).await?;
    org.audit(Action::TenantReactivated)
        .subject(tenant.0)
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{TestDatabase, deps, organization, person};

    #[tokio::test]
    async fn neither_a_deleted_nor_a_suspended_one_is_taken_up_by_its_owner() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        for status in [
            "status = 'suspended'",
            "status = 'deleting', purge_after = now() + interval '1 day'",
        ] {
            let set = format!("update tenants set {status}");
            sqlx::raw_sql(sqlx::AssertSqlSafe(set))
                .execute(database.owner())
                .await
                .unwrap();
            let refused = reactivate(&acme, &deps).await.unwrap_err();
            assert_eq!(contract::Error::from(refused), contract::Error::Conflict, "{status}");
        }
        assert_eq!(database.count("tenants where status = 'active'").await, 0);
    }
}
