//! What a person has agreed to, and to which version of it.

use contract::ids::UserId;
use uuid::Uuid;

use crate::{Deps, Result, actor::Visitor, database::Transaction};

/// The version of the documents that are accepted.
const DOCUMENTS: &str = "2026-11";

/// The terms and the privacy notice, as they are today.
pub(super) async fn accept(transaction: &mut Transaction, visitor: &Visitor, deps: &Deps, user: UserId) -> Result<()> {
    for document in ["terms", "privacy"] {
        sqlx::query!(
            "insert into user_privacy_consents (id, user_id, document, version, granted, address, created_at) \
             values ($1, $2, $3, $4, true, $5, $6)",
            deps.id::<Uuid>(),
            user.0,
            document,
            DOCUMENTS,
            visitor.request().address,
            deps.now(),
        )
        .execute(&mut **transaction)
        .await?;
    }
    Ok(())
}
