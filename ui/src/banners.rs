//! Banners over a page: the two strongest, and the rest in one line.

use crate::{Icon, IconName, IconSize};
use leptos::prelude::*;

/// How many are shown as they are.
const SHOWN: usize = 2;

/// Banners, the strongest first.
#[component]
pub fn Banners(
    /// [`crate::Banner`]s.
    banners: Vec<AnyView>,
    /// Says how many more there are, such as "2 more notices".
    more: fn(usize) -> String,
    /// How many are shown elsewhere on the page, and count.
    #[prop(optional)]
    elsewhere: usize,
) -> impl IntoView {
    let mut shown = banners;
    let folded = shown.split_off(shown.len().min(SHOWN.saturating_sub(elsewhere)));
    let rest = (!folded.is_empty()).then(|| {
        view! {
            <details class="banners-more">
                <summary>
                    {more(folded.len())}
                    <Icon name=IconName::ChevronDown size=IconSize::Small />
                </summary>
                {folded}
            </details>
        }
    });
    view! {
        {shown}
        {rest}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::render;

    fn banners(count: usize) -> String {
        let more = |more: usize| format!("{more} more");
        let all = move || {
            (0..count)
                .map(|number| format!("[{number}]").into_any())
                .collect::<Vec<_>>()
        };
        render(move || view! { <Banners banners=all() more=more /> })
    }

    #[test]
    fn the_two_strongest_are_shown_and_the_rest_is_folded() {
        assert!(!banners(2).contains("<details"), "{}", banners(2));
        let html = banners(4);
        let (shown, folded) = html.split_once("<details").unwrap();
        assert!(
            shown.contains("[0]") && shown.contains("[1]") && !shown.contains("[2]"),
            "{html}"
        );
        assert!(
            folded.contains("2 more") && folded.contains("[2]") && folded.contains("[3]"),
            "{html}"
        );
    }
}
