//! Ways through the product.

use super::Section;
use crate::{
    Badge, Breadcrumb, Button, ButtonKind, ButtonVariant, CommandPalette, Crumb, IconName, MenuItem, PageHeader,
    PaletteItem, Segment, Segments, Step, StepState, Steps, Switcher, SwitcherEntry, Tab, Tabs, Tone,
};
use leptos::prelude::*;

fn place(name: &'static str, detail: &'static str, current: bool) -> SwitcherEntry {
    SwitcherEntry {
        name: name.into(),
        detail: detail.into(),
        href: "#place".into(),
        current,
        ..SwitcherEntry::default()
    }
}

#[component]
pub(super) fn Navigation() -> impl IntoView {
    let entries = vec![
        place("North Pier Studio", "Starter · trial", true),
        place("Lighthouse", "Business", false),
        place("Quay & Sons", "Starter", false),
        place("Ferry Office", "Business", false),
        place("Tide Tables", "Starter", false),
        place("Salt Works", "Starter", false),
        place("Rope Walk", "Business", false),
    ];
    let items = vec![
        PaletteItem::new("Go to", "Home", "#home", IconName::Home),
        PaletteItem::new("Go to", "Projects", "#projects", IconName::Folder).keywords("tasks work"),
        PaletteItem::new("Go to", "Usage", "#usage", IconName::Chart).keywords("limits meters"),
        PaletteItem::new("Settings", "General", "#general", IconName::Settings).keywords("name slug logo"),
        PaletteItem::new("Settings", "Members", "#members", IconName::Users).keywords("people invite"),
        PaletteItem::new("Account", "Profile", "#profile", IconName::User),
        PaletteItem::new("Account", "Sessions", "#sessions", IconName::Laptop).keywords("devices sign out"),
    ];
    view! {
        <Section title="Head of a page">
            <PageHeader
                title="Harbour redesign"
                description="Everything for the reopening in spring."
                badge=view! {
                    <Badge tone=Tone::Success dot=true>
                        "Active"
                    </Badge>
                }
                    .into_any()
                breadcrumb=view! { <Breadcrumb label="Breadcrumb" crumbs=vec![Crumb::link("Projects", "#projects"), Crumb::here("Harbour redesign")] /> }.into_any()
                actions=view! {
                    <Button kind=ButtonKind::Button variant=ButtonVariant::Secondary>
                        "Archive"
                    </Button>
                    <Button kind=ButtonKind::Button icon=IconName::Plus>
                        "Add task"
                    </Button>
                }
                    .into_any()
            />
            <Tabs
                label="Views of the project"
                tabs=vec![Tab::new("Tasks", "#tasks", true).count("24"), Tab::new("Files", "#files", false), Tab::new("History", "#history", false).count("9"), Tab::new("Settings", "#settings", false)]
            />
            <div>
                <Segments
                    label="How often you pay"
                    segments=vec![Segment::new("Monthly", "#monthly", true), Segment::new("Yearly", "#yearly", false).note("saves 16 %")]
                />
            </div>
        </Section>
        <Section title="Steps">
            <Steps
                label="Set up your organization"
                done_label="Done"
                steps=vec![Step::new("Account", StepState::Done), Step::new("Organization", StepState::Current), Step::new("First project", StepState::Ahead)]
            />
            <Steps
                label="First steps"
                done_label="Done"
                vertical=true
                steps=vec![
                    Step::new("Verify your address", StepState::Done).text("owner@demo.plinth.test"),
                    Step::new("Create a project", StepState::Current).text("It takes a name.").href("#create"),
                    Step::new("Add three tasks", StepState::Ahead).text("Press Enter after each.").href("#tasks"),
                ]
            />
        </Section>
        <Section title="Switcher and command palette">
            <div class="grid-3">
                <Switcher
                    label="Switch organization"
                    current=place("North Pier Studio", "Starter · trial", true)
                    entries=entries
                    filter_label="Find an organization"
                    empty_text="None is called that"
                    footer=view! {
                        <MenuItem href="#new" icon=IconName::Plus>
                            "New organization"
                        </MenuItem>
                    }
                        .into_any()
                />
                <CommandPalette label="Go to" trigger_label="Search or go to" placeholder="Where to?" empty_text="Nothing is called that." search_href="#search" items=items />
            </div>
        </Section>
    }
}
