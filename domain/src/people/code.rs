//! What a link to an invitation carries. Only its hash is kept.

use contract::ids::{InvitationId, TenantId};

use crate::{
    Deps, Result,
    database::Transaction,
    random::{self, Secret},
};

/// What having a code says about who has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Proof {
    /// It was mailed: who has it has the address.
    Address,
    /// It was copied, and may have been passed on to anybody.
    Nothing,
}

/// A further code for an invitation. Those before it stay good: a mail that is sent again must not spoil the link that
/// somebody was given by hand, nor the first mail, which may be the one that is read.
pub(crate) async fn issue(
    transaction: &mut Transaction,
    deps: &Deps,
    tenant: TenantId,
    invitation: InvitationId,
    proof: Proof,
) -> Result<Secret> {
    let secret = deps.secret();
    sqlx::query!(
        "insert into invitation_codes (code_hash, tenant_id, invitation_id, proves_address, created_at) \
         values ($1, $2, $3, $4, $5)",
        &secret.hash()[..],
        tenant.0,
        invitation.0,
        proof == Proof::Address,
        deps.now(),
    )
    .execute(&mut **transaction)
    .await?;
    Ok(secret)
}

/// The page that a code opens.
pub fn invitation_path(code: &Secret) -> String {
    // A secret is written in letters, digits, hyphens and underscores.
    format!("/accept-invite?code={}", code.expose())
}

/// Where an invitation is, and how one got there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub tenant: TenantId,
    pub invitation: InvitationId,
    pub proof: Proof,
}

pub(super) async fn find(transaction: &mut Transaction, code: &str) -> Result<Option<Place>> {
    let row = sqlx::query!(
        "select tenant_id, invitation_id, proves_address from invitation_codes where code_hash = $1",
        &random::hash(code)[..],
    )
    .fetch_optional(&mut **transaction)
    .await?;
    Ok(row.map(|row| Place {
        tenant: row.tenant_id.into(),
        invitation: row.invitation_id.into(),
        proof: if row.proves_address {
            Proof::Address
        } else {
            Proof::Nothing
        },
    }))
}

/// Whether a code came by mail, so that who has it has the address.
pub async fn was_mailed(deps: &Deps, code: &str) -> Result<bool> {
    let mut transaction = deps.begin_for_visitor().await?;
    let place = find(&mut transaction, code).await?;
    transaction.commit().await?;
    Ok(place.is_some_and(|place| place.proof == Proof::Address))
}

/// What was taken back leads nowhere any more.
pub(super) async fn void(transaction: &mut Transaction, tenant: TenantId, invitation: InvitationId) -> Result<()> {
    sqlx::query!(
        "delete from invitation_codes where tenant_id = $1 and invitation_id = $2",
        tenant.0,
        invitation.0,
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}
