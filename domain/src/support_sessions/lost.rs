//! What becomes of the support sessions of somebody who may be let in nowhere any more.

use contract::ids::UserId;

use super::{
    end::{self, Ending},
    machine::Event,
    settle,
};
use crate::{Deps, Result, actor::RequestInfo, audit::Entry, database::Transaction};

/// In the transaction that takes the right from them: what they asked for, what was granted to them, and where they are in. What
/// is to be recorded of it is left to who takes it: with all else that is, and last.
pub(crate) async fn end_open<'a>(
    transaction: &mut Transaction,
    deps: &Deps,
    operator: UserId,
    request: &'a RequestInfo,
) -> Result<Vec<Entry<'a>>> {
    // All of them are locked first, in the order in which an organization ends its own.
    let open = sqlx::query_scalar!(
        "select id from support_sessions where operator_id = $1 and ended_at is null order by created_at, id for update",
        operator.0,
    )
    .fetch_all(&mut **transaction)
    .await?;
    let mut closed = settle::run_out(transaction, deps, operator).await?;
    for session in open {
        let ending = Ending::by_nobody(session.into(), Event::Revoke);
        closed.extend(end::end(transaction, deps, ending).await?);
    }
    Ok(closed.iter().flat_map(|closed| closed.entries(request)).collect())
}
