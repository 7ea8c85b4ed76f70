//! A link in running text.

use crate::{Icon, IconName, IconSize, Text};
use leptos::prelude::*;

/// How a link stands out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LinkTone {
    /// In the accent colour, underlined.
    #[default]
    Accent,
    /// In the colour of the text around it, underlined under the pointer; for lists of links and names in tables.
    Quiet,
}

/// A link.
#[component]
pub fn Link(
    /// Where it leads.
    #[prop(into)]
    href: Text,
    /// What it says.
    children: Children,
    /// How it stands out.
    #[prop(optional)]
    tone: LinkTone,
    /// Leads to another site: marked by an arrow, and tells that site nothing.
    #[prop(optional)]
    external: bool,
    /// Leaves the page as it is, with what was typed into it: for documents that are read on the way.
    #[prop(optional)]
    new_tab: bool,
) -> impl IntoView {
    let class = if tone == LinkTone::Quiet {
        "link link-quiet"
    } else {
        "link"
    };
    view! {
        <a class=class href=href rel=(external || new_tab).then_some("noopener noreferrer external") target=new_tab.then_some("_blank")>
            {children()}
            {external.then(|| view! { <Icon name=IconName::External size=IconSize::Small /> })}
        </a>
    }
}
