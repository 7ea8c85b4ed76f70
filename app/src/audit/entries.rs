//! A list of entries: what, who, when and from where, with the rest one click away, and the pages beside it.

use contract::audit::{AuditActor, AuditList, AuditPlace, AuditQuery, AuditRow};
use domain::audit::Action;
use leptos::prelude::*;

use super::{details::Details, filter};
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
        .map(|row| view! { <EntryRow row=row own=own second=second/> })
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

/// What happened, in words; the key of what there are no words for any longer.
pub fn in_words(key: &str) -> String {
    let texts = &messages::current().audit;
    Action::from_key(key).map_or_else(|| key.to_owned(), |action| (texts.action)(action).to_owned())
}

#[component]
fn EntryRow(row: AuditRow, own: bool, second: &'static str) -> impl IntoView {
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
        .map(|name| view! { <span class="list-detail">{(texts.on_behalf_of)(&name)}</span> });
    let nameless = !own && !matches!(row.who, AuditActor::Person { .. });
    let (when, what) = (row.when.clone(), in_words(&row.action));
    let place = row.address.clone().unwrap_or_else(|| texts.unknown_place.to_owned());
    let device = row
        .device
        .clone()
        .map(|device| view! { <span class="list-detail">{device}</span> });
    let subject = row
        .subject
        .clone()
        .map(|subject| view! { <span class="list-detail">{subject}</span> });
    view! {
        <ui::TableRow id=row.id.to_string()>
            <ui::TableCell main=true>
                <details class="audit-entry">
                    <summary><span class="audit-what">{what} {subject}</span></summary>
                    <Details row=row/>
                </details>
            </ui::TableCell>
            <ui::TableCell label=second><span class="audit-where"><span class:muted=nameless>{who}</span> {behalf}</span></ui::TableCell>
            <ui::TableCell label=texts.when>
                <ui::DateTime instant=when.iso.clone() exact=when.iso text=when.text/>
            </ui::TableCell>
            <ui::TableCell label=texts.from_where><span class="audit-where">{place} {device}</span></ui::TableCell>
        </ui::TableRow>
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
