//! A page of the inbox.

use contract::{
    error::Result,
    reports::{ReportList, ReportQuery},
};
use leptos::prelude::server;

#[server(input = server_fn::codec::GetUrl)]
pub async fn list_reports(#[server(default)] query: ReportQuery) -> Result<ReportList> {
    use contract::reports::ReportRow;

    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    let formatter = crate::format::Formatter::from(actor.user().person());
    let page = domain::reports::list::list(&actor, &deps, &query).await?;
    Ok(ReportList {
        rows: page
            .rows
            .into_iter()
            .map(|row| ReportRow {
                id: row.id,
                state: row.state,
                note: row.note,
                page: row.page,
                failed: row.failed,
                has_screenshot: row.has_screenshot,
                reporter: row.reporter,
                assignee: row.assignee,
                received: formatter.moment(row.received_at),
            })
            .collect(),
        older: page.older,
    })
}
