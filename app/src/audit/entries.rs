//! A list of entries: what, who, when and from where, with the rest one click away, and the pages beside it.

use contract::audit::{AuditActor, AuditList, AuditPlace, AuditQuery, AuditRow};
use leptos::prelude::*;

use super::{entry_row::EntryRow, filter};
use crate::messages;

#[component]
pub fn Entries(
    /// The page without a query.
    #[prop(into)]
    base: String,
    query: AuditQuery,
    list: AuditList,
    #[prop(into)] caption: String,
    /// In one's own activity it is said where, and not who.
    #[prop(optional)]
    own: bool,
) -> impl IntoView {
    let texts = &messages::current().audit;
    let second = if own { texts.place } else { texts.who };
    let columns = vec![
        ui::Column::new(texts.what),
        ui::Column::new(second),
        ui::Column::new(texts.when),
        ui::Column::new(texts.from_where),
    ];
    let beside = |before: &String| {
        filter::path(
            &base,
            &AuditQuery {
                before: before.clone(),
                ..query.clone()
            },
        )
    };
    let (newer, older) = (list.newer.as_ref().map(beside), list.older.as_ref().map(beside));
    let rows = list
        .rows
        .into_iter()
        .map(|row| view! { <Entry row=row own=own second=second/> })
        .collect_view();
    view! {
        <ui::Card flush=true>
            <div class="audit-log">
                <ui::Table caption=caption columns=columns>{rows}</ui::Table>
            </div>
        </ui::Card>
        <Beside newer=newer older=older/>
    }
}

#[component]
fn Entry(row: AuditRow, own: bool, second: &'static str) -> impl IntoView {
    let texts = &messages::current().audit;
    let who = match (&row.who, &row.place) {
        (_, Some(AuditPlace::Account)) => texts.own_account.to_owned(),
        (_, Some(AuditPlace::Organization { name, .. })) | (AuditActor::Person { name, .. }, None) => name.clone(),
        (_, Some(AuditPlace::Left)) => texts.left_organization.to_owned(),
        (AuditActor::Gone, None) => texts.gone.to_owned(),
        (AuditActor::Visitor, None) => texts.visitor.to_owned(),
        (AuditActor::System, None) => texts.system.to_owned(),
    };
    let behalf = row
        .on_behalf_of
        .clone()
        .map(|words| view! { <span class="list-detail">{words}</span> });
    let nameless = !own && !matches!(row.who, AuditActor::Person { .. });
    view! {
        <EntryRow row=row>
            <ui::TableCell label=second><span class="audit-where"><span class:muted=nameless>{who}</span> {behalf}</span></ui::TableCell>
        </EntryRow>
    }
}

/// The pages of newer and older entries. Nothing, when all of them are on one.
#[component]
fn Beside(newer: Option<String>, older: Option<String>) -> impl IntoView {
    let texts = &messages::current().audit;
    if newer.is_none() && older.is_none() {
        return ().into_any();
    }
    let step = |href: Option<String>, text: &'static str, icon| {
        href.map(|href| {
            view! { <ui::Button href=href variant=ui::ButtonVariant::Secondary size=ui::ButtonSize::Small icon=icon>{text}</ui::Button> }
        })
    };
    view! {
        <nav class="row" aria-label=texts.pages>
            {step(newer, texts.newer, ui::IconName::ChevronLeft)} {step(older, texts.older, ui::IconName::ChevronRight)}
        </nav>
    }
    .into_any()
}
