//! A row of a list of entries: what happened with the rest one click away, what the list itself has to say, when and from where.

use contract::audit::AuditRow;
use domain::audit::Action;
use leptos::prelude::*;

use super::details::Details;
use crate::messages;

/// What happened, in words; the key of what there are no words for any longer.
pub fn in_words(key: &str) -> String {
    let texts = &messages::current().audit;
    Action::from_key(key).map_or_else(|| key.to_owned(), |action| (texts.action)(action).to_owned())
}

#[component]
pub fn EntryRow(
    row: AuditRow,
    /// The cells between what and when.
    children: Children,
) -> impl IntoView {
    let texts = &messages::current().audit;
    let (when, what) = (row.when.clone(), in_words(&row.action));
    let address = row.address.clone().unwrap_or_else(|| texts.unknown_place.to_owned());
    let detail = |text: &Option<String>| {
        text.clone()
            .map(|text| view! { <span class="list-detail">{text}</span> })
    };
    let (device, subject) = (detail(&row.device), detail(&row.subject));
    view! {
        <ui::TableRow id=row.id.to_string()>
            <ui::TableCell main=true>
                <details class="audit-entry">
                    <summary><span class="audit-what">{what} {subject}</span></summary>
                    <Details row=row/>
                </details>
            </ui::TableCell>
            {children()}
            <ui::TableCell label=texts.when>
                <ui::DateTime instant=when.iso.clone() exact=when.iso text=when.text/>
            </ui::TableCell>
            <ui::TableCell label=texts.from_where><span class="audit-where">{address} {device}</span></ui::TableCell>
        </ui::TableRow>
    }
}
