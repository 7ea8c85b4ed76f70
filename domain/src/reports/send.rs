//! Reporting a problem.

use contract::{
    FieldCode,
    ids::{ReportId, TenantId, UserId},
    reports::{self, ReportedPage},
    text::ReportNote,
};
use uuid::Uuid;

use super::screenshot::Screenshot;
use crate::{
    Deps, Error, Result,
    actor::{RequestInfo, UserActor, Visit, Visitor},
    database::Transaction,
    throttle::{self, Policy},
};

/// Who reports.
#[derive(Debug, Clone, Copy)]
pub enum Reporter<'a> {
    Person {
        user: &'a UserActor,
        /// That somebody of the staff is on. They report as themselves, about what they see there.
        visit: Option<&'a Visit>,
    },
    Visitor(&'a Visitor),
}

#[derive(Debug, Clone)]
pub struct NewReport {
    /// Where they were, as far as their browser tells.
    pub page: ReportedPage,
    /// That page could not be shown.
    pub failed: bool,
    /// Of the answer that they saw; not of the one that takes the report.
    pub request_id: Option<String>,
    /// What the browser's scripts know of it, and the last error that they had. Cut off where it is too long: nobody typed it.
    pub facts: String,
    pub client_error: String,
    pub note: ReportNote,
    pub screenshot: Option<Screenshot>,
    /// Which release it is about.
    pub release: &'static str,
}

impl NewReport {
    /// Whether there is anything to go by. That somebody was on a page that is as it should be is nothing.
    fn says_something(&self) -> bool {
        let told = !self.note.as_str().is_empty() || !self.client_error.trim().is_empty();
        told || self.screenshot.is_some() || self.failed
    }
}

/// Characters of what nobody typed.
const MAX_BROWSER: usize = 400;
const MAX_FACTS: usize = 400;
const MAX_CLIENT_ERROR: usize = 1000;

/// As often as a person or an address may. One that says nothing is refused, and not counted.
pub async fn send(reporter: Reporter<'_>, deps: &Deps, new: NewReport) -> Result<ReportId> {
    if !new.says_something() {
        return Err(contract::Error::field("note", FieldCode::Required).into());
    }
    let (mut transaction, request) = match reporter {
        Reporter::Person { user, .. } => {
            throttle::attempt(deps, Policy::ReportByPerson, &user.id().to_string()).await?;
            (user.begin(deps).await?, user.request())
        }
        Reporter::Visitor(visitor) => {
            let address = throttle::client(&visitor.request().address);
            throttle::attempt(deps, Policy::ReportByAddress, &address).await?;
            (deps.begin_for_visitor().await?, visitor.request())
        }
    };
    let id: ReportId = deps.id();
    let place = place(&mut transaction, reporter, &new.page).await?;
    insert(&mut transaction, deps, id, request, place, &new).await?;
    if let Some(screenshot) = &new.screenshot {
        sqlx::query!(
            "insert into problem_report_screenshots (report_id, kind, width, height, content, received_at) \
             values ($1, $2, $3, $4, $5, $6)",
            id.0,
            screenshot.kind.key(),
            i32::try_from(screenshot.width).map_err(Error::fault)?,
            i32::try_from(screenshot.height).map_err(Error::fault)?,
            screenshot.content,
            deps.now(),
        )
        .execute(&mut *transaction)
        .await?;
    }
    transaction.commit().await?;
    Ok(id)
}

/// Who it was and where, of which the browser is asked for nothing but the page.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    user: Option<UserId>,
    tenant: Option<TenantId>,
    visit: Option<Uuid>,
}

/// The organization is the one that the page is of, if they belong to it, or are on a visit there.
async fn place(transaction: &mut Transaction, reporter: Reporter<'_>, page: &ReportedPage) -> Result<Place> {
    let Reporter::Person { user, visit } = reporter else {
        return Ok(Place::default());
    };
    let mut place = Place {
        user: Some(user.id()),
        ..Place::default()
    };
    let Some(slug) = page.slug() else {
        return Ok(place);
    };
    if let Some(visit) = visit {
        place.tenant = Some(visit.tenant());
        place.visit = Some(visit.id());
        return Ok(place);
    }
    place.tenant = sqlx::query_scalar!(
        "select t.id from tenants t join tenant_members m on m.tenant_id = t.id \
         where t.slug = $1::text::citext and t.deleted_at is null and m.user_id = $2 and m.status = 'active'",
        slug,
        user.id().0,
    )
    .fetch_optional(&mut **transaction)
    .await?
    .map(TenantId);
    Ok(place)
}

async fn insert(
    transaction: &mut Transaction,
    deps: &Deps,
    id: ReportId,
    request: &RequestInfo,
    place: Place,
    new: &NewReport,
) -> Result<()> {
    sqlx::query!(
        "insert into problem_reports (id, user_id, tenant_id, visit_id, page, failed, request_id, release, browser, facts, \
            client_error, note, received_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        id.0,
        place.user.map(|user| user.0),
        place.tenant.map(|tenant| tenant.0),
        place.visit,
        new.page.as_str(),
        new.failed,
        new.request_id.as_deref().and_then(reports::request_id).unwrap_or_default(),
        new.release,
        told(&request.user_agent, MAX_BROWSER),
        told(&new.facts, MAX_FACTS),
        told(&new.client_error, MAX_CLIENT_ERROR),
        new.note.as_str(),
        deps.now(),
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// What a program has told, without what steers a text, and not more than there is room for.
fn told(text: &str, most: usize) -> String {
    let seen = text.chars().filter(|c| !c.is_control() || *c == '\n');
    let kept: String = seen.take(most).collect();
    kept.trim().to_owned()
}

#[cfg(test)]
mod tests;
