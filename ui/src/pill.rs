//! A standing in two or three words, at the top of every page.

use crate::{MaybeText, Tone};
use leptos::prelude::*;

/// A pill. A link when it has an `href`.
#[component]
pub fn Pill(
    /// The words.
    children: Children,
    /// What they mean.
    #[prop(default = Tone::Accent)]
    tone: Tone,
    /// Where more is said.
    #[prop(optional, into)]
    href: MaybeText,
) -> impl IntoView {
    let class = format!("pill tone-{}", tone.name());
    match href.0 {
        Some(href) => view! { <a class=class href=href>{children()}</a> }.into_any(),
        None => view! { <span class=class>{children()}</span> }.into_any(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::render;

    #[test]
    fn it_is_a_link_only_where_there_is_more_to_see() {
        let html = render(|| view! { <Pill tone=Tone::Danger href="/billing">"Past due"</Pill> });
        for part in ["<a ", "class=\"pill tone-danger\"", "href=\"/billing\""] {
            assert!(html.contains(part), "{html}");
        }
        assert!(!render(|| view! { <Pill>"Trial"</Pill> }).contains("<a"));
    }
}
