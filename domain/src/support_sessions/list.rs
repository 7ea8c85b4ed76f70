//! Support sessions over all organizations, the newest first, a page at a time.

use contract::{
    ids::{SupportSessionId, TenantId},
    staff::StaffRight,
};

use super::model::{Session, sessions};
use crate::{Deps, Result, actor::StaffActor, visits::list::pattern};

/// Sessions on a page.
pub const PAGE_SIZE: usize = 50;

/// How far they have come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Nobody has answered.
    Waiting,
    /// Support is in, or may come in.
    Granted,
    Over,
}

impl Stage {
    const fn key(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Granted => "granted",
            Self::Over => "over",
        }
    }
}

/// Everything that is said must hold; nothing said is everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    pub stage: Option<Stage>,
    pub tenant: Option<TenantId>,
    /// Part of a name: of the organization or the operator.
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    pub sessions: Vec<Session>,
    /// The page of older ones begins after this one.
    pub older: Option<SupportSessionId>,
}

/// The sessions before one, or the newest.
pub async fn list(staff: &StaffActor, deps: &Deps, filter: &Filter, before: Option<SupportSessionId>) -> Result<Page> {
    staff.require(StaffRight::VisitsRead)?;
    let now = deps.now();
    let mut transaction = staff.begin_reading(deps).await?;
    let rows = sessions!(
        "where ($1::text is null or $1 = case
                when s.ended_at is not null then 'over'
                when s.state = 'requested' then case when s.answer_by > $2 then 'waiting' else 'over' end
                when s.expires_at > $2 then 'granted'
                else 'over'
            end)
            and ($3::uuid is null or s.tenant_id = $3)
            and ($4::text is null or s.organization ilike $4 or o.name ilike $4)
            and ($5::uuid is null or (s.created_at, s.id) < (
                select c.created_at, c.id from support_sessions c where c.id = $5
            ))
        order by s.created_at desc, s.id desc limit $6",
        filter.stage.map(Stage::key),
        now,
        filter.tenant.map(|tenant| tenant.0),
        pattern(&filter.text),
        before.map(|session| session.0),
        i64::try_from(PAGE_SIZE + 1).unwrap_or(i64::MAX),
    )
    .fetch_all(&mut *transaction)
    .await?;
    let mut sessions = rows
        .into_iter()
        .map(|row| row.session(now))
        .collect::<Result<Vec<_>>>()?;
    let more = sessions.len() > PAGE_SIZE;
    sessions.truncate(PAGE_SIZE);
    Ok(Page {
        older: sessions.last().filter(|_| more).map(|last| last.id),
        sessions,
    })
}
