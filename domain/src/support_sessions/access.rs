//! What an organization reads about who was let in.

use contract::{iam::Permission, ids::SupportSessionId, support::SupportPolicy};

use super::{
    model::{Detail, Session, acts_of, sessions},
    policy,
};
use crate::{Deps, Result, actor::OrgActor};

/// How many sessions the page shows, beside those that are open.
const SHOWN: i64 = 100;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overview {
    pub policy: SupportPolicy,
    /// What is open, then what is over, the latest first.
    pub sessions: Vec<Session>,
}

pub async fn overview(org: &OrgActor, deps: &Deps) -> Result<Overview> {
    org.require(Permission::TenantUpdate)?;
    let mut transaction = org.begin(deps).await?;
    let policy = policy::read(&mut transaction, org.tenant().id).await?;
    let rows = sessions!(
        "where s.tenant_id = $1
        order by (s.ended_at is not null), s.created_at desc, s.id desc limit $2",
        org.tenant().id.0,
        SHOWN,
    )
    .fetch_all(&mut *transaction)
    .await?;
    let sessions = rows
        .into_iter()
        .map(|row| row.session(deps.now()))
        .collect::<Result<_>>()?;
    Ok(Overview { policy, sessions })
}

/// One of them, and what was done in it for who reads the log.
pub async fn get(org: &OrgActor, deps: &Deps, session: SupportSessionId) -> Result<Detail> {
    org.require(Permission::TenantUpdate)?;
    let mut transaction = org.begin(deps).await?;
    let row = sessions!("where s.tenant_id = $1 and s.id = $2", org.tenant().id.0, session.0,)
        .fetch_optional(&mut *transaction)
        .await?
        .ok_or(contract::Error::NotFound)?;
    let session = row.session(deps.now())?;
    let acts = if org.permissions().contains(Permission::AuditRead) {
        Some(acts_of(&mut transaction, &session, deps.now()).await?)
    } else {
        None
    };
    Ok(Detail { session, acts })
}
