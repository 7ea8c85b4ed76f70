//! Opening and closing a drift.

use contract::ids::TenantId;

use super::DriftKind;
use crate::{Deps, Result, database::Transaction};

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Drift {
    pub kind: DriftKind,
    /// As we have it.
    pub expected: String,
    /// As the provider has it.
    pub actual: String,
}

/// Opened once; found again, it is only seen again, with the words of this time. True when it is new. In a transaction of the
/// platform.
pub(crate) async fn open(transaction: &mut Transaction, deps: &Deps, tenant: TenantId, drift: &Drift) -> Result<bool> {
    let opened = sqlx::query_scalar!(
        r#"insert into billing_drifts (tenant_id, kind, expected, actual, found_at, seen_at) values ($1, $2, $3, $4, $5, $5)
        on conflict (tenant_id, kind) where resolved_at is null
        do update set expected = excluded.expected, actual = excluded.actual, seen_at = excluded.seen_at
        returning found_at = seen_at as "is_new!""#,
        tenant.0,
        drift.kind.key(),
        drift.expected,
        drift.actual,
        deps.now(),
    )
    .fetch_one(&mut **transaction)
    .await?;
    if opened {
        tracing::warn!(%tenant, kind = drift.kind.key(), "ours and the provider's differ");
    }
    Ok(opened)
}

/// All of these kinds that are open and were not found this time.
pub(crate) async fn resolve(
    transaction: &mut Transaction,
    deps: &Deps,
    tenant: TenantId,
    kinds: &[DriftKind],
) -> Result<u64> {
    let kinds: Vec<String> = kinds.iter().map(|kind| kind.key().to_owned()).collect();
    let resolved = sqlx::query!(
        "update billing_drifts set resolved_at = $3 where tenant_id = $1 and kind = any($2) and resolved_at is null",
        tenant.0,
        &kinds,
        deps.now(),
    )
    .execute(&mut **transaction)
    .await?;
    Ok(resolved.rows_affected())
}

/// What was found in a comparison of everything, and nothing else, is open from now on.
pub(crate) async fn all(transaction: &mut Transaction, deps: &Deps, tenant: TenantId, drifts: &[Drift]) -> Result<()> {
    for drift in drifts {
        open(transaction, deps, tenant, drift).await?;
    }
    let gone: Vec<DriftKind> = DriftKind::ALL
        .iter()
        .copied()
        .filter(|kind| !drifts.iter().any(|drift| drift.kind == *kind))
        .collect();
    resolve(transaction, deps, tenant, &gone).await?;
    Ok(())
}
