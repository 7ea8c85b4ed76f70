//! What becomes of the support sessions of somebody who may be let in nowhere any more.

use contract::ids::UserId;

use super::{
    end::{self, Ending},
    machine::Event,
    settle,
};
use crate::{Deps, Result, actor::RequestInfo, database::Transaction};

/// In the transaction that takes the right from them: what they asked for, what was granted to them, and where they are in.
pub(crate) async fn end_open(
    transaction: &mut Transaction,
    deps: &Deps,
    operator: UserId,
    request: &RequestInfo,
) -> Result<()> {
    let mut closed = settle::run_out(transaction, deps, operator).await?;
    let open = sqlx::query_scalar!(
        "select id from support_sessions where operator_id = $1 and ended_at is null order by created_at, id for update",
        operator.0,
    )
    .fetch_all(&mut **transaction)
    .await?;
    for session in open {
        let ending = Ending::by_nobody(session.into(), Event::Revoke);
        closed.extend(end::end(transaction, deps, ending).await?);
    }
    for closed in closed {
        closed.record(transaction, deps, request).await?;
    }
    Ok(())
}
