//! The way from the top of the surface to this page.

use crate::{Icon, IconName, IconSize, Text};
use leptos::prelude::*;

/// One step of the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crumb {
    /// Its name.
    pub label: Text,
    /// Its address; none for the page itself.
    pub href: Option<Text>,
}

impl Crumb {
    /// A step one can go back to.
    pub fn link(label: impl Into<Text>, href: impl Into<Text>) -> Self {
        Self {
            label: label.into(),
            href: Some(href.into()),
        }
    }

    /// The page itself.
    pub fn here(label: impl Into<Text>) -> Self {
        Self {
            label: label.into(),
            href: None,
        }
    }
}

/// The way, from top to here.
#[component]
pub fn Breadcrumb(
    /// "Breadcrumb", for screen readers.
    #[prop(into)]
    label: Text,
    /// The steps.
    crumbs: Vec<Crumb>,
) -> impl IntoView {
    let steps = crumbs
        .into_iter()
        .enumerate()
        .map(|(place, crumb)| {
            let separator = (place > 0).then(|| view! { <Icon name=IconName::ChevronRight size=IconSize::Small /> });
            let name = match crumb.href {
                Some(href) => view! { <a class="link link-quiet" href=href>{crumb.label}</a> }.into_any(),
                None => view! { <span aria-current="page">{crumb.label}</span> }.into_any(),
            };
            view! {
                <li>
                    {separator}
                    {name}
                </li>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <nav class="breadcrumb" aria-label=label>
            <ol>{steps}</ol>
        </nav>
    }
}
