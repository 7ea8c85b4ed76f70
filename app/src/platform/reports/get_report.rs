//! One report with everything about it but its picture.

use contract::{error::Result, reports::ReportDetail};
use leptos::prelude::server;

#[server(input = server_fn::codec::GetUrl)]
pub async fn get_report(report: String) -> Result<ReportDetail> {
    use contract::{
        notes::NoteRow,
        reports::{Named, Picture},
    };

    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    let id = super::input::report_id(&report)?;
    let found = domain::reports::get::get(&actor, &deps, id).await?;
    let formatter = crate::format::Formatter::from(actor.user().person());
    Ok(ReportDetail {
        id,
        state: found.state,
        note: found.note,
        page: found.page,
        failed: found.failed,
        reporter: found.reporter.map(|(id, name)| Named { id, name }),
        organization: found.organization.map(|(id, name)| Named { id, name }),
        in_visit: found.in_visit,
        browser: found.browser,
        facts: found.facts,
        client_error: found.client_error,
        release: found.release,
        trace: super::view::trace(&found.request_id),
        request_id: found.request_id,
        screenshot: found.screenshot.map(|size| Picture {
            width: size.width,
            height: size.height,
            kilobytes: size.bytes.div_ceil(1024),
        }),
        assignee: found.assignee.map(|(id, name)| Named { id, name }),
        received: formatter.moment(found.received_at),
        closed: found.closed_at.map(|at| formatter.moment(at)),
        notes: found
            .notes
            .into_iter()
            .map(|note| NoteRow {
                body: note.body,
                by: note.by,
                at: formatter.moment(note.at),
            })
            .collect(),
    })
}
