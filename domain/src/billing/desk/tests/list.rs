//! What differs, over all organizations.

use contract::ids::TenantId;

use super::{
    super::list::{Query, list},
    Room,
};
use crate::billing::drifts::DriftKind;

#[tokio::test]
async fn the_list_has_the_oldest_first_by_kind_and_page_by_page() {
    let room = Room::new().await;
    let tenant = room.tenant();
    room.run(&format!(
        "insert into billing_drifts (tenant_id, kind, expected, actual, found_at, seen_at) \
             values ('{tenant}', 'seat_drift', '5', '6', '2026-03-01', now()), ('{tenant}', 'price_mismatch', 'a', 'b', '2026-02-01', now()); \
         insert into billing_drifts (tenant_id, kind, expected, actual, found_at, seen_at, resolved_at) \
             values ('{tenant}', 'shared_customer', 'a', 'b', '2026-01-01', now(), now()); \
         insert into tenants (id, slug, name, plan_key, billing_state, created_by, created_at, updated_at) \
             select md5(n::text)::uuid, 'many-' || n, 'Many', 'team', 'none', '{}', now(), now() from generate_series(1, 51) n; \
         insert into billing_drifts (tenant_id, kind, expected, actual, found_at, seen_at) \
             select md5(n::text)::uuid, 'provider_outage', 'an answer', 'none', '2026-03-02', now() from generate_series(1, 51) n",
        room.acme.user().id()
    ))
    .await;
    let of = async |query: Query| list(&room.bea, &room.deps, &query).await.unwrap();
    let first = of(Query::default()).await;
    let kinds: Vec<DriftKind> = first.drifts.iter().take(3).map(|drift| drift.kind).collect();
    assert_eq!(
        kinds,
        [
            DriftKind::PriceMismatch,
            DriftKind::SeatDrift,
            DriftKind::ProviderOutage
        ]
    );
    let second = of(Query {
        after: first.next,
        ..Query::default()
    })
    .await;
    let mut seen: Vec<(TenantId, DriftKind)> = first
        .drifts
        .iter()
        .chain(&second.drifts)
        .map(|drift| (drift.tenant, drift.kind))
        .collect();
    let all = seen.len();
    seen.sort_unstable_by_key(|(tenant, kind)| (*tenant, kind.key()));
    seen.dedup();
    assert_eq!((all, seen.len(), second.next), (53, 53, None));
    let one = of(Query {
        kind: Some(DriftKind::SeatDrift),
        after: None,
    })
    .await;
    assert_eq!(one.drifts.len(), 1);
}
