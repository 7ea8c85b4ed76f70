//! What shows data.

use super::Section;
use crate::{
    Align, Avatar, AvatarShape, AvatarSize, Badge, BarChart, Button, ButtonKind, ButtonSize, ButtonVariant, Card,
    ChartPoint, ChartSeries, CodeBlock, Column, DateTime, EmptyState, IconButton, IconName, KeyValue, KeyValueList,
    LineChart, Meter, PageLink, Pagination, Pill, Skeleton, SkeletonShape, SortOrder, Sparkline, Stat, StatusDot,
    Table, TableCell, TableRow, Text, Timeline, TimelineItem, Tone, Trend,
};
use leptos::prelude::*;

fn days() -> ChartSeries {
    let values = [4, 7, 5, 9, 12, 3, 2, 8, 11, 10, 14, 16, 6, 5];
    let points = (8..)
        .zip(values)
        .map(|(day, value)| ChartPoint::new(format!("{day} Nov"), f64::from(value), format!("{value} tasks")))
        .collect();
    ChartSeries {
        title: "Tasks done a day, 8 to 21 November".into(),
        summary: "Show the figures".into(),
        columns: ("Day".into(), "Done".into()),
        top: "16 tasks".into(),
        points,
    }
}

fn project(
    name: &'static str,
    owner: &'static str,
    tone: Tone,
    state: &'static str,
    tasks: &'static str,
    muted: bool,
) -> AnyView {
    view! {
        <TableRow muted=muted>
            <TableCell main=true>
                <a class="link link-quiet" href="#project">
                    {name}
                </a>
            </TableCell>
            <TableCell label="State">
                <Badge tone=tone dot=true>
                    {state}
                </Badge>
            </TableCell>
            <TableCell label="Owner">
                <span class="row">
                    <Avatar name=owner size=AvatarSize::Small />
                    {owner}
                </span>
            </TableCell>
            <TableCell label="Tasks" align=Align::End>
                {tasks}
            </TableCell>
            <TableCell align=Align::End>
                <IconButton icon=IconName::More label=Text::from(format!("Actions for {name}")) kind=ButtonKind::Button size=ButtonSize::Small />
            </TableCell>
        </TableRow>
    }
    .into_any()
}

#[component]
pub(super) fn Data() -> impl IntoView {
    view! {
        <PeopleSection />
        <FiguresSection />
        <TablesSection />
        <FactsSection />
        <EmptySection />
    }
}

#[component]
fn PeopleSection() -> impl IntoView {
    view! {
        <Section title="States and people">
            <div class="row">
                <Badge>"Draft"</Badge>
                <Badge tone=Tone::Accent icon=IconName::Sparkle>
                    "New"
                </Badge>
                <Badge tone=Tone::Success dot=true>
                    "Active"
                </Badge>
                <Badge tone=Tone::Warning dot=true>
                    "Trial ends soon"
                </Badge>
                <Badge tone=Tone::Danger icon=IconName::Danger>
                    "Past due"
                </Badge>
                <Badge tone=Tone::Info>"Paused"</Badge>
                <Pill href="#billing">"Trial · 12 days"</Pill>
                <Pill tone=Tone::Warning href="#billing">
                    "Trial · last day"
                </Pill>
                <Pill tone=Tone::Danger href="#billing">
                    "Past due"
                </Pill>
                <Pill tone=Tone::Neutral>"Team"</Pill>
                <StatusDot tone=Tone::Success label="All systems work" />
                <StatusDot tone=Tone::Danger label="Mail is delayed" />
            </div>
            <div class="row">
                <Avatar name="Project owner" alone=true size=AvatarSize::Large />
                <Avatar name="Billing" alone=true />
                <Avatar name="Guest of the harbour" alone=true />
                <Avatar name="Admin desk" alone=true size=AvatarSize::Small />
                <Avatar name="Support" alone=true size=AvatarSize::Tiny />
                <Avatar name="North Pier Studio" alone=true shape=AvatarShape::Square />
                <Avatar name="Lighthouse" alone=true shape=AvatarShape::Square />
                <Avatar name="Quay & Sons" alone=true shape=AvatarShape::Square />
            </div>
        </Section>
    }
}

#[component]
fn FiguresSection() -> impl IntoView {
    view! {
        <Section title="Figures">
            <div class="stat-row">
                <Stat label="Open tasks" value="128" change="12 fewer than last week" trend=Trend::DownGood href="#tasks" />
                <Stat label="Done this week" value="42" change="8 more than last week" trend=Trend::UpGood />
                <Stat label="Overdue" value="7" change="3 more than last week" trend=Trend::UpBad />
                <Stat
                    label="Members"
                    value="9"
                    chart=view! { <Sparkline label="Members over eight weeks, from 4 to 9" values=vec![4.0, 4.0, 5.0, 6.0, 6.0, 7.0, 8.0, 9.0] /> }.into_any()
                />
            </div>
            <div class="grid-3">
                <Card>
                    <Meter label="Projects" value=4 max=10 text="4 of 10" />
                </Card>
                <Card>
                    <Meter label="Seats" value=9 max=10 text="9 of 10" hint="One seat left." />
                </Card>
                <Card>
                    <Meter label="Storage" value=1024 max=1024 text="1 of 1 GB" hint="Full: delete files or upgrade." />
                </Card>
            </div>
            <div class="grid-2">
                <Card title="Tasks done" level=3>
                    <LineChart series=days() />
                </Card>
                <Card title="Tasks done, as bars" level=3>
                    <BarChart series=days() />
                </Card>
            </div>
        </Section>
    }
}

#[component]
fn TablesSection() -> impl IntoView {
    let columns = vec![
        Column::new("Name").sorted_by("?sort=-name", SortOrder::Ascending),
        Column::new("State"),
        Column::new("Owner").sorted_by("?sort=owner", SortOrder::None),
        Column::figures("Tasks").sorted_by("?sort=-tasks", SortOrder::None),
        Column::actions("Actions"),
    ];
    let pages = PageLink::window(4, 12, |number| format!("?page={number}"));
    view! {
        <Section title="Table">
            <Card flush=true footer=view! { <Pagination label="Pages of projects" pages=pages previous_label="Previous" next_label="Next" summary="31–40 of 112 projects" /> }.into_any()>
                <Table caption="Projects" columns=columns>
                    {project("Harbour redesign", "Project owner", Tone::Success, "Active", "24", false)}
                    {project("Lighthouse maintenance", "Admin desk", Tone::Warning, "At risk", "8", false)}
                    {project("Winter timetable", "Guest of the harbour", Tone::Info, "Paused", "113", false)}
                    {project("Old ferry tickets", "Billing", Tone::Neutral, "Archived", "0", true)}
                </Table>
            </Card>
        </Section>
    }
}

#[component]
fn FactsSection() -> impl IntoView {
    view! {
        <Section title="Facts, history, code">
            <div class="grid-2">
                <Card
                    title="Subscription"
                    level=3
                    description="Billed on the 3rd of each month."
                    actions=view! {
                        <Button kind=ButtonKind::Button size=ButtonSize::Small variant=ButtonVariant::Secondary>
                            "Change plan"
                        </Button>
                    }
                        .into_any()
                >
                    <KeyValueList>
                        <KeyValue label="Plan">
                            "Starter " <Badge tone=Tone::Accent>"Trial"</Badge>
                        </KeyValue>
                        <KeyValue label="Next charge">
                            <DateTime instant="2026-12-03T00:00:00Z" exact="3 December 2026, 00:00 UTC" text="3 December 2026" />
                        </KeyValue>
                        <KeyValue label="Amount">"€ 29.00"</KeyValue>
                        <KeyValue label="Organization id">
                            <span class="mono">"019aa3f0-5c1e-7b52"</span>
                        </KeyValue>
                    </KeyValueList>
                </Card>
                <Card title="History" level=3>
                    <Timeline label="History of the project">
                        <TimelineItem
                            title="Project restored"
                            icon=IconName::Restore
                            tone=Tone::Success
                            time=view! { <DateTime instant="2026-11-21T09:30:00Z" exact="21 November 2026, 09:30 UTC" text="3 minutes ago" /> }.into_any()
                        >
                            "By the owner, from the bin."
                        </TimelineItem>
                        <TimelineItem
                            title="Project deleted"
                            icon=IconName::Trash
                            tone=Tone::Danger
                            time=view! { <DateTime instant="2026-11-20T17:02:00Z" exact="20 November 2026, 17:02 UTC" text="yesterday" /> }.into_any()
                        />
                        <TimelineItem
                            title="Project created"
                            icon=IconName::Plus
                            time=view! { <DateTime instant="2026-11-02T08:00:00Z" exact="2 November 2026, 08:00 UTC" text="2 November" /> }.into_any()
                        />
                    </Timeline>
                </Card>
            </div>
            <CodeBlock label="Terminal" code="git clone plinth\nmake run\n# serves http://localhost:3000" copy_label="Copy" copied_label="Copied" />
        </Section>
    }
}

#[component]
fn EmptySection() -> impl IntoView {
    view! {
        <Section title="Nothing there, and not there yet">
            <div class="grid-2">
                <Card flush=true>
                    <EmptyState title="No projects yet" text="A project holds tasks. Make the first one; it takes a name." icon=IconName::Folder level=3>
                        <Button kind=ButtonKind::Button icon=IconName::Plus>
                            "Create project"
                        </Button>
                    </EmptyState>
                </Card>
                <Card>
                    <div class="stack">
                        <Skeleton label="Loading the text" />
                        <Skeleton label="Loading the rows" shape=SkeletonShape::Rows />
                    </div>
                </Card>
            </div>
            <Skeleton label="Loading the chart" shape=SkeletonShape::Block />
        </Section>
    }
}
