//! Who is mailed about support sessions: everybody who may let support in.

use contract::{
    iam::{MemberType, Permission},
    ids::{SupportSessionId, TenantId},
};

use crate::{
    Result,
    database::Transaction,
    mail::{self, Mail, SupportMail, SupportNews},
};

/// A mail to each of them. As the platform, or inside of the organization.
pub(super) async fn tell(
    transaction: &mut Transaction,
    tenant: TenantId,
    session: SupportSessionId,
    news: SupportNews,
) -> Result<()> {
    let people = sqlx::query_scalar!(
        "select m.user_id from tenant_members m
        join iam_role_permissions p on p.tenant_id = m.tenant_id and p.role_id = m.role_id and p.permission = $2
        where m.tenant_id = $1 and m.status = 'active' and m.member_type = $3 order by m.user_id",
        tenant.0,
        Permission::TenantUpdate.key(),
        MemberType::Member.key(),
    )
    .fetch_all(&mut **transaction)
    .await?;
    for user in people {
        let mail = Mail::Support(SupportMail {
            user: user.into(),
            tenant,
            session,
            news,
        });
        mail::enqueue(transaction, &mail).await?;
    }
    Ok(())
}
