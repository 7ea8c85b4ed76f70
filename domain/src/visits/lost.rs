//! What becomes of the visit of somebody who may visit nobody any more.

use contract::{ids::UserId, visits::VisitEnd};

use super::end::{self, Ending, is_past};
use crate::{Deps, Result, actor::RequestInfo, audit::Entry, database::Transaction};

/// In the transaction that takes the right from them, so that nothing of theirs goes on or is told to. What is to be recorded of
/// it is left to who takes it: with all else that is, and last.
pub(crate) async fn end_open<'a>(
    transaction: &mut Transaction,
    deps: &Deps,
    operator: UserId,
    request: &'a RequestInfo,
) -> Result<Vec<Entry<'a>>> {
    let open = sqlx::query!(
        "select id, expires_at from platform_impersonation_sessions where operator_id = $1 and ended_at is null for update",
        operator.0,
    )
    .fetch_optional(&mut **transaction)
    .await?;
    let Some(open) = open else { return Ok(Vec::new()) };
    let past = is_past(open.expires_at, deps.now());
    let ending = Ending {
        visit: open.id.into(),
        end: if past {
            VisitEnd::Expired
        } else {
            VisitEnd::OperatorGone
        },
        by: None,
        recorded: true,
    };
    let closed = end::end(transaction, deps, ending).await?;
    Ok(closed.map(|closed| closed.entries(request)).unwrap_or_default())
}
