//! Every component in every state, for those who build pages with them. Its words are its own: it is a page for
//! developers, not part of the product.

mod actions;
mod data;
mod forms;
mod messages;
mod navigation;
mod overlays;

use crate::{Icon, IconName, Text};
use leptos::prelude::*;

/// The gallery; the page around it decides about frame and theme.
#[component]
pub fn Gallery() -> impl IntoView {
    let icons = IconName::ALL
        .iter()
        .map(|name| {
            view! {
                <li>
                    <Icon name=*name />
                    {name.id()}
                </li>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <actions::Actions />
        <forms::Forms />
        <data::Data />
        <messages::Messages />
        <navigation::Navigation />
        <overlays::Overlays />
        <Section title="Icons">
            <ul class="gallery-icons">{icons}</ul>
        </Section>
    }
}

#[component]
fn Section(#[prop(into)] title: Text, children: Children) -> impl IntoView {
    view! {
        <section class="gallery-section">
            <h2>{title}</h2>
            {children()}
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::render;
    use std::collections::HashSet;

    fn attributes<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
        let start = format!(" {name}=\"");
        html.split(&start)
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .collect()
    }

    #[test]
    fn no_component_needs_an_inline_style_or_handler() {
        let html = render(|| view! { <Gallery /> });
        assert!(
            !html.contains(" style=\"") && !html.contains(" onclick="),
            "the policy forbids both"
        );
    }

    #[test]
    fn ids_are_unique_and_what_is_referred_to_is_there() {
        let html = render(|| view! { <Gallery /> });
        let ids = attributes(&html, "id");
        let known = ids.iter().copied().collect::<HashSet<_>>();
        assert_eq!(known.len(), ids.len(), "an id is used twice");
        for name in [
            "for",
            "aria-describedby",
            "aria-labelledby",
            "aria-controls",
            "commandfor",
            "list",
        ] {
            for value in attributes(&html, name).into_iter().flat_map(str::split_whitespace) {
                assert!(known.contains(value), "{name} names {value}, which is not there");
            }
        }
    }

    #[test]
    fn islands_carry_no_props() {
        let html = render(|| view! { <Gallery /> });
        assert!(html.contains("<leptos-island"));
        assert!(
            !html.contains("data-props"),
            "islands work on the markup the server wrote"
        );
    }
}
