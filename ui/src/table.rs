//! Tables: sorted and paged by links, read as cards on a phone.
//!
//! Every cell names its column, because on a phone the head is gone and the name stands beside the value.

use crate::{Icon, IconName, IconSize, MaybeText, Text};
use leptos::prelude::*;

/// Where the content of a column stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// Words.
    #[default]
    Start,
    /// Figures and row actions.
    End,
}

/// How a column is sorted now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SortOrder {
    /// Not by this column.
    #[default]
    None,
    /// Smallest first.
    Ascending,
    /// Largest first.
    Descending,
}

/// The head of a column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Column {
    label: Text,
    label_hidden: bool,
    align: Align,
    sort: Option<(Text, SortOrder)>,
}

impl Column {
    /// A column with this name.
    pub fn new(label: impl Into<Text>) -> Self {
        Self {
            label: label.into(),
            ..Self::default()
        }
    }

    /// A column of figures.
    pub fn figures(label: impl Into<Text>) -> Self {
        Self {
            label: label.into(),
            align: Align::End,
            ..Self::default()
        }
    }

    /// A column of row actions: its name is for screen readers only.
    pub fn actions(label: impl Into<Text>) -> Self {
        Self {
            label: label.into(),
            label_hidden: true,
            align: Align::End,
            sort: None,
        }
    }

    /// Makes the name a link that sorts, and says how it is sorted now.
    #[must_use]
    pub fn sorted_by(mut self, href: impl Into<Text>, order: SortOrder) -> Self {
        self.sort = Some((href.into(), order));
        self
    }
}

fn column_head(column: Column) -> AnyView {
    let Column {
        label,
        label_hidden,
        align,
        sort,
    } = column;
    let aria_sort = sort.as_ref().map(|(_, order)| match order {
        SortOrder::None => "none",
        SortOrder::Ascending => "ascending",
        SortOrder::Descending => "descending",
    });
    let content = match sort {
        Some((href, order)) => {
            let icon = match order {
                SortOrder::None => IconName::Sort,
                SortOrder::Ascending => IconName::ArrowUp,
                SortOrder::Descending => IconName::ArrowDown,
            };
            view! {
                <a class="table-sort" href=href>
                    {label}
                    <Icon name=icon size=IconSize::Small />
                </a>
            }
            .into_any()
        }
        None => view! { <span class:visually-hidden=label_hidden>{label}</span> }.into_any(),
    };
    view! {
        <th scope="col" class:align-end=align == Align::End aria-sort=aria_sort>
            {content}
        </th>
    }
    .into_any()
}

/// A table. Its children are [`TableRow`]s.
#[component]
pub fn Table(
    /// What it lists; for screen readers, because the page's heading says it to everyone else.
    #[prop(into)]
    caption: Text,
    /// The columns, from left to right.
    columns: Vec<Column>,
    /// The rows.
    children: Children,
    /// Its id.
    #[prop(optional, into)]
    id: MaybeText,
) -> impl IntoView {
    view! {
        <table class="table" id=id.0>
            <caption class="visually-hidden">{caption}</caption>
            <thead>
                <tr>{columns.into_iter().map(column_head).collect::<Vec<_>>()}</tr>
            </thead>
            <tbody>{children()}</tbody>
        </table>
    }
}

/// A row. Its children are [`TableCell`]s.
#[component]
pub fn TableRow(
    /// The cells, in the order of the columns.
    children: Children,
    /// Its id, to link to.
    #[prop(optional, into)]
    id: MaybeText,
    /// Marked as chosen.
    #[prop(optional)]
    selected: bool,
    /// Drawn back: archived, revoked, paused.
    #[prop(optional)]
    muted: bool,
) -> impl IntoView {
    view! {
        <tr id=id.0 class:row-selected=selected class:row-muted=muted>
            {children()}
        </tr>
    }
}

/// A cell.
#[component]
pub fn TableCell(
    /// The name of its column, shown beside it on a phone; empty for the main cell and for actions.
    #[prop(optional, into)]
    label: MaybeText,
    /// What it holds.
    children: Children,
    /// Names the row: a row header for screen readers, the title of the card on a phone.
    #[prop(optional)]
    main: bool,
    /// Where its content stands.
    #[prop(optional)]
    align: Align,
) -> impl IntoView {
    let end = align == Align::End;
    if main {
        view! { <th scope="row" class="table-main">{children()}</th> }.into_any()
    } else {
        view! { <td class:align-end=end data-label=label.0>{children()}</td> }.into_any()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::render;

    #[test]
    fn sorting_is_a_link_that_says_how_it_stands() {
        let html = render(|| {
            let columns = vec![
                Column::new("Name").sorted_by("?sort=-name", SortOrder::Ascending),
                Column::figures("Tasks").sorted_by("?sort=tasks", SortOrder::None),
                Column::actions("Actions"),
            ];
            view! {
                <Table caption="Projects" columns=columns>
                    <TableRow>
                        <TableCell main=true>"Harbour"</TableCell>
                        <TableCell label="Tasks" align=Align::End>"12"</TableCell>
                        <TableCell>"…"</TableCell>
                    </TableRow>
                </Table>
            }
        });
        assert!(
            html.contains(r#"aria-sort="ascending""#) && html.contains(r#"href="?sort=-name""#),
            "{html}"
        );
        assert!(html.contains(r#"aria-sort="none""#), "{html}");
        assert!(html.contains(">Projects</caption>"), "{html}");
        assert!(
            html.contains(r#"<th scope="row""#) && html.contains(r#"data-label="Tasks""#),
            "{html}"
        );
        assert!(
            html.contains(r#"<span class="visually-hidden">Actions</span>"#),
            "{html}"
        );
    }
}
