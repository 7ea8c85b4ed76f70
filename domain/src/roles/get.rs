//! One role.

use contract::{Error, iam::Permission, ids::RoleId};

use super::{Role, list::select};
use crate::{Deps, Result, actor::OrgActor};

pub async fn get(org: &OrgActor, deps: &Deps, role: RoleId) -> Result<Role> {
    org.require(Permission::RolesRead)?;
    let mut transaction = org.begin(deps).await?;
    let found = select(&mut transaction, org, Some(role)).await?.pop();
    transaction.commit().await?;
    Ok(found.ok_or(Error::NotFound)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{TestDatabase, custom_role, deps, join, organization, person};

    #[tokio::test]
    async fn of_ones_own_organization_and_for_who_may_read_it() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let other = organization(&deps, &person(&deps, "zoe").await, "other").await;
        let auditor = custom_role(&deps, &acme, "Auditor", &[Permission::AuditRead]).await;
        let found = get(&acme, &deps, auditor).await.unwrap();
        assert_eq!((found.name.as_str(), found.default), ("Auditor", None));
        let foreign = get(&other, &deps, auditor).await.unwrap_err();
        assert_eq!(Error::from(foreign), Error::NotFound);
        let member = join(&database, &deps, &acme, &person(&deps, "bob").await, "member").await;
        let refused = get(&member, &deps, auditor).await.unwrap_err();
        assert_eq!(Error::from(refused), Error::Forbidden);
    }
}
