//! Writing down a fault.

use contract::ids::{TenantId, UserId};
use uuid::Uuid;

use crate::{Deps, Result, database::Mode};

/// What somebody was answered with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFault {
    /// Where the request had proven that they belong; none when it had not come so far.
    pub tenant: Option<TenantId>,
    pub user: Option<UserId>,
    /// `other` for one that HTTP does not know.
    pub method: &'static str,
    /// As it is routed: with the names of its parts and not their values, and without the query.
    pub route: String,
    pub request_id: String,
    /// From 500 on.
    pub status: u16,
}

/// By the server itself: there is no actor, because nobody asks for it. It is written while there is maintenance as well.
pub async fn record(deps: &Deps, fault: &NewFault) -> Result<()> {
    let id: Uuid = deps.id();
    let mut transaction = deps.database.begin_anonymous(Mode::Writing).await?;
    sqlx::query!(
        "insert into request_faults (id, tenant_id, user_id, method, route, request_id, status, created_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        id,
        fault.tenant.map(|tenant| tenant.0),
        fault.user.map(|user| user.0),
        fault.method,
        fault.route,
        fault.request_id,
        fault.status.cast_signed(),
        deps.now(),
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{TestDatabase, deps, organization, person};

    /// The application's role may neither read what it wrote, nor write while somebody is at work.
    #[tokio::test]
    async fn the_application_writes_by_itself_alone_and_reads_nothing() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let ann = person(&deps, "ann").await;
        let acme = organization(&deps, &ann, "acme").await;
        let fault = NewFault {
            tenant: Some(acme.tenant().id),
            user: Some(ann.id()),
            method: "GET",
            route: "/o/{org}/projects".to_owned(),
            request_id: "req-1".to_owned(),
            status: 500,
        };
        record(&deps, &fault).await.unwrap();
        assert_eq!(
            database
                .count("request_faults where status = 500 and request_id = 'req-1'")
                .await,
            1
        );
        let denied = sqlx::query("select from request_faults")
            .execute(deps.database.global())
            .await
            .unwrap_err();
        assert!(denied.to_string().contains("permission denied"), "{denied}");
        let insert = "insert into request_faults (id, method, route, request_id, status, created_at) \
                      values (gen_random_uuid(), 'GET', '/', '', 500, now())";
        let mut at_work = acme.begin(&deps).await.unwrap();
        let refused = sqlx::query(insert).execute(&mut *at_work).await.unwrap_err();
        assert!(refused.to_string().contains("row-level security"), "{refused}");
        at_work.rollback().await.unwrap();
        assert_eq!(database.count("request_faults").await, 1);
    }
}
