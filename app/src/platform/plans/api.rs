//! The catalogue for programs of the staff: `GET` and `PUT /api/v1/admin/plan-limits`.

use contract::{
    Error,
    billing::{PlanCatalogue, PlansSaved},
    error::{Check, Result},
};
use domain::{
    actor::StaffActor,
    billing::editor::{
        PlanEdit,
        list::catalogue,
        save::{Saved, save},
    },
};

use super::rows::conflict;
use crate::{format::Formatter, session::SessionHandle};

async fn staff(session: &SessionHandle) -> Result<StaffActor> {
    let user = session.maybe_user().await?.ok_or(Error::Unauthenticated)?;
    Ok(StaffActor::enter(&user)?)
}

pub async fn read(session: &SessionHandle) -> Result<PlanCatalogue> {
    let actor = staff(session).await?;
    let plans = catalogue(&actor, session.deps()).await?;
    Ok(PlanCatalogue { plans })
}

/// All of the plans that are named or none; those that are not named stay as they are. Errors name the plan before the field.
pub async fn write(session: &SessionHandle, wanted: PlanCatalogue) -> Result<PlansSaved> {
    let actor = staff(session).await?;
    actor.require(contract::staff::StaffRight::PlansManage)?;
    let mut check = Check::default();
    let mut edits = Some(Vec::new());
    for plan in wanted.plans {
        let prefix = format!("{}.", plan.key);
        match (PlanEdit::read(&mut check, &prefix, plan), &mut edits) {
            (Some(edit), Some(edits)) => edits.push(edit),
            _ => edits = None,
        }
    }
    let edits = check.done(edits)?;
    let formatter = Formatter::from(actor.user().person());
    Ok(match save(&actor, session.deps(), &edits).await? {
        Saved::Done(plans) => PlansSaved::Saved(PlanCatalogue { plans }),
        Saved::Changed(conflicts) => {
            PlansSaved::Changed(conflicts.into_iter().map(|one| conflict(one, formatter)).collect())
        }
    })
}
