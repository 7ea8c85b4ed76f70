//! What is known about an organization's bills, as the provider told it, and where ours differs.

use chrono::{DateTime, Utc};
use contract::ids::TenantId;

use crate::{
    Deps, Result,
    billing::{
        drifts::DriftKind,
        held::{Held, held},
        overview::{Invoice, invoices},
    },
    database::Transaction,
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bills {
    /// Who they are at the provider.
    pub customer: Option<String>,
    /// The last that was bought, also when it has ended.
    pub subscription: Option<Held>,
    /// What the operator gave instead of what is paid for.
    pub given: Option<Given>,
    /// The newest first.
    pub invoices: Vec<Invoice>,
    /// Those that are open.
    pub drifts: Vec<Drift>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    pub plan: String,
    /// Free of charge; otherwise only the plan is another.
    pub complimentary: bool,
    pub reason: String,
    pub until: Option<DateTime<Utc>>,
}

/// What is known here, and what the provider says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drift {
    pub kind: DriftKind,
    pub ours: String,
    pub theirs: String,
    pub found_at: DateTime<Utc>,
}

pub(super) async fn bills(transaction: &mut Transaction, deps: &Deps, tenant: TenantId) -> Result<Bills> {
    let customer = sqlx::query_scalar!(
        "select provider_customer_id from billing_customers where tenant_id = $1",
        tenant.0,
    )
    .fetch_optional(&mut **transaction)
    .await?;
    let given = sqlx::query_as!(
        Given,
        r#"select p.name as plan, o.kind = 'complimentary' as "complimentary!", o.reason, o.expires_at as until
        from billing_overrides o join plans p on p.key = o.plan_key
        where o.tenant_id = $1 and o.ended_at is null and (o.expires_at is null or o.expires_at > $2)"#,
        tenant.0,
        deps.now(),
    )
    .fetch_optional(&mut **transaction)
    .await?;
    let drifts = sqlx::query!(
        "select kind, expected, actual, found_at from billing_drifts \
         where tenant_id = $1 and resolved_at is null order by found_at, kind",
        tenant.0,
    )
    .fetch_all(&mut **transaction)
    .await?;
    let drifts = drifts.into_iter().filter_map(|row| {
        Some(Drift {
            kind: DriftKind::from_key(&row.kind)?,
            ours: row.expected,
            theirs: row.actual,
            found_at: row.found_at,
        })
    });
    Ok(Bills {
        customer,
        subscription: held(transaction, tenant).await?,
        given,
        invoices: invoices(transaction, tenant).await?,
        drifts: drifts.collect(),
    })
}
