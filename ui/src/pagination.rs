//! Pages of a list, each a link.

use crate::{Icon, IconName, MaybeText, Text};
use leptos::prelude::*;

/// One page one can go to, or a gap between two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageLink {
    /// A page and its address.
    Page {
        /// Its number, from 1.
        number: u32,
        /// Its address.
        href: Text,
        /// Whether it is the one shown.
        current: bool,
    },
    /// Pages left out.
    Gap,
}

impl PageLink {
    /// The first, the last, and the pages around the current one: at most seven entries, so that the line never wraps.
    pub fn window(current: u32, total: u32, href: impl Fn(u32) -> String) -> Vec<Self> {
        let mut links = Vec::with_capacity(7);
        let mut previous = 0;
        for number in 1..=total {
            let near = number.abs_diff(current) <= 1;
            let at_an_end = number == 1 || number == total;
            let fills_a_gap_of_one = (number == 2 && current == 4) || (number + 1 == total && current + 3 == total);
            if !(near || at_an_end || fills_a_gap_of_one) {
                continue;
            }
            if number > previous + 1 {
                links.push(Self::Gap);
            }
            links.push(Self::Page {
                number,
                href: href(number).into(),
                current: number == current,
            });
            previous = number;
        }
        links
    }
}

/// Previous, next and the pages between. Nothing is rendered when there is one page.
#[component]
pub fn Pagination(
    /// What is paged, such as "Pages of projects".
    #[prop(into)]
    label: Text,
    /// The pages, see [`PageLink::window`].
    pages: Vec<PageLink>,
    /// "Previous".
    #[prop(into)]
    previous_label: Text,
    /// "Next".
    #[prop(into)]
    next_label: Text,
    /// Such as "21–40 of 112 projects".
    #[prop(optional, into)]
    summary: MaybeText,
) -> impl IntoView {
    let at = pages
        .iter()
        .position(|page| matches!(page, PageLink::Page { current: true, .. }));
    let address = |page: Option<&PageLink>| match page {
        Some(PageLink::Page { href, .. }) => Some(href.clone()),
        _ => None,
    };
    let previous = at.and_then(|at| address(at.checked_sub(1).and_then(|before| pages.get(before))));
    let next = at.and_then(|at| address(pages.get(at + 1)));
    let many = pages.len() > 1;
    let links = pages
        .into_iter()
        .map(|page| match page {
            PageLink::Page { number, href, current } => view! {
                <li>
                    <a class="page-link" href=href aria-current=current.then_some("page")>
                        {number}
                    </a>
                </li>
            }
            .into_any(),
            PageLink::Gap => view! { <li class="page-gap" aria-hidden="true">"…"</li> }.into_any(),
        })
        .collect::<Vec<_>>();
    view! {
        <div class="pagination">
            {summary.0.map(|summary| view! { <p class="pagination-summary">{summary}</p> })}
            {many
                .then(|| {
                    view! {
                        <nav class="pages" aria-label=label>
                            <a class="page-step" href=previous.clone() rel="prev" aria-disabled=previous.is_none().then_some("true")>
                                <Icon name=IconName::ChevronLeft />
                                <span class="visually-hidden">{previous_label}</span>
                            </a>
                            <ul>{links}</ul>
                            <a class="page-step" href=next.clone() rel="next" aria-disabled=next.is_none().then_some("true")>
                                <Icon name=IconName::ChevronRight />
                                <span class="visually-hidden">{next_label}</span>
                            </a>
                        </nav>
                    }
                })}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::render;

    fn shape(current: u32, total: u32) -> String {
        let entries = PageLink::window(current, total, |number| format!("?page={number}"));
        let words = entries.iter().map(|entry| match entry {
            PageLink::Page {
                number, current: true, ..
            } => format!("[{number}]"),
            PageLink::Page { number, .. } => number.to_string(),
            PageLink::Gap => "…".to_owned(),
        });
        words.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_window_shows_ends_and_neighbours_and_hides_no_single_page() {
        assert_eq!(shape(1, 1), "[1]");
        assert_eq!(shape(1, 9), "[1] 2 … 9");
        assert_eq!(shape(4, 9), "1 2 3 [4] 5 … 9");
        assert_eq!(shape(5, 9), "1 … 4 [5] 6 … 9");
        assert_eq!(shape(6, 9), "1 … 5 [6] 7 8 9");
        assert_eq!(shape(9, 9), "1 … 8 [9]");
    }

    #[test]
    fn the_first_page_has_no_previous() {
        let html = render(|| {
            let pages = PageLink::window(1, 3, |number| format!("?page={number}"));
            view! { <Pagination label="Pages" pages=pages previous_label="Previous" next_label="Next" /> }
        });
        assert!(html.contains(r#"aria-current="page""#), "{html}");
        assert_eq!(html.matches(r#"aria-disabled="true""#).count(), 1, "{html}");
        assert_eq!(html.matches(r#"href="?page=2""#).count(), 2, "page 2 and next: {html}");
    }
}
