//! What people of the demo have reported, so that the staff's inbox has something in it.

use anyhow::Result;
use contract::{reports::ReportedPage, text::ReportNote};
use domain::{
    Deps,
    actor::{RequestInfo, Visitor},
    database::PlatformDatabase,
    demo::has_reports,
    reports::send::{NewReport, Reporter, send},
};

use super::people::person;

/// Once.
pub async fn make(deps: &Deps, platform: &PlatformDatabase) -> Result<()> {
    if has_reports(platform).await? {
        return Ok(());
    }
    let member = person(deps, "member", "Demo Member").await?;
    let of_member = Reporter::Person {
        user: &member,
        visit: None,
    };
    let list = NewReport {
        client_error: "TypeError: row is undefined (/pkg/plinth.js:1:2041)".to_owned(),
        ..said(
            "/o/demo/projects",
            "The list of projects stays empty until I load the page again.",
        )?
    };
    send(of_member, deps, list).await?;
    let stranger = Visitor::new(RequestInfo {
        address: "demo:stranger".to_owned(),
        user_agent: "demo".to_owned(),
        ..RequestInfo::default()
    });
    let prices = said("/pricing", "The yearly price is cut off on my phone.")?;
    send(Reporter::Visitor(&stranger), deps, prices).await?;
    Ok(())
}

fn said(page: &str, note: &str) -> Result<NewReport> {
    let Ok(note) = ReportNote::parse(note) else {
        anyhow::bail!("the demo's reports are not well-formed")
    };
    Ok(NewReport {
        page: ReportedPage::parse(page).unwrap_or_default(),
        failed: false,
        request_id: None,
        facts: String::new(),
        client_error: String::new(),
        note,
        screenshot: None,
        release: domain::release(),
    })
}
