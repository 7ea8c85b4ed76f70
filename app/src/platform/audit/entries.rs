//! A list of entries of everywhere: what, who and by which right, where, when and from where.

use contract::{
    audit::{AuditActor, AuditQuery},
    platform_audit::{AuditOrigin, PlatformAuditQuery, PlatformAuditRow},
};
use leptos::prelude::*;

use super::query;
use crate::{audit::EntryRow, messages};

#[component]
pub fn Entries(rows: Vec<PlatformAuditRow>) -> impl IntoView {
    let texts = &messages::current().audit;
    let own = &messages::current().platform_audit;
    let columns = vec![
        ui::Column::new(texts.what),
        ui::Column::new(texts.who),
        ui::Column::new(own.organization),
        ui::Column::new(texts.when),
        ui::Column::new(texts.from_where),
    ];
    let rows = rows.into_iter().map(|row| view! { <Entry row=row/> }).collect_view();
    view! {
        <ui::Card flush=true>
            <div class="audit-log audit-everywhere">
                <ui::Table caption=own.title columns=columns>{rows}</ui::Table>
            </div>
        </ui::Card>
    }
}

/// Everything about one person, or one organization.
fn about(person: String, organization: String) -> String {
    query::path(&PlatformAuditQuery {
        person,
        organization,
        log: AuditQuery::default(),
        origin: String::new(),
    })
}

#[component]
fn Entry(row: PlatformAuditRow) -> impl IntoView {
    let texts = &messages::current().audit;
    let own = &messages::current().platform_audit;
    let PlatformAuditRow {
        row,
        origin,
        on_behalf_of,
        organization,
    } = row;
    let who = match &row.who {
        AuditActor::Person { id, name } => {
            let name = name.clone();
            view! { <ui::Link href=about(id.to_string(), String::new())>{name}</ui::Link> }.into_any()
        }
        AuditActor::Gone => view! { <span class="muted">{texts.gone}</span> }.into_any(),
        AuditActor::Visitor => view! { <span class="muted">{texts.visitor}</span> }.into_any(),
        AuditActor::System => view! { <span class="muted">{texts.system}</span> }.into_any(),
    };
    // What goes without saying is not said.
    let plain = matches!(
        origin,
        AuditOrigin::Session | AuditOrigin::Anonymous | AuditOrigin::System
    );
    let how = (!plain).then(|| view! { <span><ui::Badge>{(own.origin)(origin)}</ui::Badge></span> });
    let behalf = on_behalf_of.map(|person| {
        let href = about(person.id.to_string(), String::new());
        view! { <span class="list-detail">{own.on_behalf_of} " " <ui::Link href=href>{person.name}</ui::Link></span> }
    });
    let place = match organization {
        Some(organization) => {
            let href = about(String::new(), organization.key);
            let name = organization.name.unwrap_or_else(|| own.purged.to_owned());
            view! { <ui::Link href=href>{name}</ui::Link> }.into_any()
        }
        None => view! { <span class="muted">{own.nowhere}</span> }.into_any(),
    };
    view! {
        <EntryRow row=row>
            <ui::TableCell label=texts.who><span class="audit-where">{who} {how} {behalf}</span></ui::TableCell>
            <ui::TableCell label=own.organization>{place}</ui::TableCell>
        </EntryRow>
    }
}
