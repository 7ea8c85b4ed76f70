//! The notices that stand over somebody's pages.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{Deps, Result, actor::UserActor, board::Notice};

/// Without those the person has put away since something was last said. Asks the database only when there is something to put
/// away. Visitors see all of them: nobody knows what they have seen.
pub async fn shown(user: Option<&UserActor>, deps: &Deps) -> Result<Vec<Notice>> {
    let posted = deps.board.look(deps).await;
    let notices: Vec<Notice> = posted.notices(deps.now()).cloned().collect();
    let Some(user) = user.filter(|_| !notices.is_empty()) else {
        return Ok(notices);
    };
    let ids: Vec<Uuid> = notices.iter().map(|notice| notice.id.0).collect();
    let mut transaction = user.begin_reading(deps).await?;
    let dismissed: HashMap<Uuid, DateTime<Utc>> = sqlx::query!(
        "select incident_id, dismissed_at from incident_dismissals where user_id = $1 and incident_id = any($2)",
        user.id().0,
        &ids,
    )
    .fetch_all(&mut *transaction)
    .await?
    .into_iter()
    .map(|row| (row.incident_id, row.dismissed_at))
    .collect();
    crate::database::end_of_reading(transaction);
    let is_new = |notice: &Notice| dismissed.get(&notice.id.0).is_none_or(|at| *at < notice.updated_at);
    Ok(notices.into_iter().filter(is_new).collect())
}
