//! One visit and what was done in it.

use contract::{ids::VisitId, staff::StaffRight};

use super::model::{Detail, detail, visits};
use crate::{Deps, Result, actor::StaffActor};

pub async fn get(staff: &StaffActor, deps: &Deps, visit: VisitId) -> Result<Detail> {
    staff.require(StaffRight::VisitsRead)?;
    let mut transaction = staff.begin_reading(deps).await?;
    let row = visits!("where v.id = $1", visit.0)
        .fetch_optional(&mut *transaction)
        .await?
        .ok_or(contract::Error::NotFound)?;
    detail(&mut transaction, row.visited(deps.now())?).await
}
