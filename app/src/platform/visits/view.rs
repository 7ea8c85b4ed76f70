//! What the lists and the pages of visits have in common, on both sides.

use contract::{
    time::Moment,
    visits::{VisitAct, VisitMode, VisitRow},
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{revoke_visit::RevokeVisit, stop_visit::StopVisit};
use crate::{audit::in_words, messages, org::post_form::PostForm};

/// What it may do, or how far it went.
#[component]
pub fn Mode(mode: VisitMode) -> impl IntoView {
    let text = (messages::current().visits.mode)(mode);
    let tone = match mode {
        VisitMode::ReadOnly => ui::Tone::Neutral,
        VisitMode::Elevated => ui::Tone::Warning,
    };
    view! { <ui::Badge tone=tone>{text}</ui::Badge> }
}

/// Whether it goes on, and how it ended.
pub fn state(visit: &VisitRow) -> String {
    let texts = &messages::current().visits;
    match (visit.end, &visit.ended_by) {
        (None, _) => (texts.open_until)(&visit.expires.text),
        (Some(end), Some(name)) if !matches!(end, contract::visits::VisitEnd::Stopped) => {
            (texts.ended_by)((texts.end)(end), name)
        }
        (Some(end), _) => (texts.end)(end).to_owned(),
    }
}

/// One time that somebody of the staff looked, as those read it who were looked at.
#[derive(Debug)]
pub struct Look {
    pub href: String,
    pub operator: String,
    pub reason: String,
    /// Who or what it was about.
    pub about: String,
    pub kind: Option<&'static str>,
    pub mode: VisitMode,
    pub began: Moment,
    pub length: Option<String>,
    pub state: String,
}

/// All of them, as they come.
#[component]
pub fn Looks(
    title: &'static str,
    /// What the column is called of whom or what each was about.
    about: &'static str,
    looks: Vec<Look>,
) -> impl IntoView {
    let texts = &messages::current().visits;
    let columns = vec![
        ui::Column::new(texts.operator),
        ui::Column::new(about),
        ui::Column::new(texts.column_mode),
        ui::Column::new(texts.began),
        ui::Column::new(texts.list.state),
    ];
    let rows = looks
        .into_iter()
        .map(|look| {
            let kind = look.kind.map(|kind| view! { <p class="list-detail">{kind}</p> });
            let length = look.length.map(|length| view! { <p class="list-detail">{length}</p> });
            view! {
                <ui::TableRow>
                    <ui::TableCell main=true>
                        <ui::Link href=look.href>{look.operator}</ui::Link>
                        <p class="list-detail">{look.reason}</p>
                    </ui::TableCell>
                    <ui::TableCell label=about>
                        {look.about}
                        {kind}
                    </ui::TableCell>
                    <ui::TableCell label=texts.column_mode><Mode mode=look.mode/></ui::TableCell>
                    <ui::TableCell label=texts.began>
                        <ui::DateTime instant=look.began.iso.clone() exact=look.began.iso text=look.began.text/>
                        {length}
                    </ui::TableCell>
                    <ui::TableCell label=texts.list.state>{look.state}</ui::TableCell>
                </ui::TableRow>
            }
        })
        .collect_view();
    view! {
        <ui::Card flush=true>
            <ui::Table caption=title columns=columns>{rows}</ui::Table>
        </ui::Card>
    }
}

/// All that is known of a visit.
#[component]
pub fn Facts(visit: VisitRow) -> impl IntoView {
    let texts = &messages::current().visits;
    let state = state(&visit);
    let fact = |label: &'static str, value: String| {
        view! { <ui::KeyValue label=label>{value}</ui::KeyValue> }
    };
    let ended = visit.ended.clone().map(|ended| fact(texts.ended, ended.text));
    view! {
        <ui::Card>
            <ui::KeyValueList>
                {fact(texts.operator, visit.operator_name)}
                {fact(texts.organization, visit.organization)}
                {fact(texts.member, visit.subject_name)}
                {fact(texts.reason, visit.reason)}
                {fact(texts.ticket, visit.ticket.unwrap_or_else(|| texts.no_ticket.to_owned()))}
                <ui::KeyValue label=texts.column_mode><Mode mode=visit.mode/></ui::KeyValue>
                {fact(texts.began, visit.began.text)}
                {ended}
                {fact(texts.length, (texts.minutes)(visit.minutes))}
                {fact(texts.list.state, state)}
            </ui::KeyValueList>
        </ui::Card>
    }
}

/// What was looked at and tried, the latest first.
#[component]
pub fn Acts(
    acts: Vec<VisitAct>,
    /// Whether there are more than are told here.
    more: bool,
    /// Where these are, for who may not read the log.
    #[prop(optional)]
    rest: Option<&'static str>,
) -> impl IntoView {
    let texts = &messages::current().visits;
    if acts.is_empty() {
        return view! { <ui::Card title=texts.acts><p class="muted">{texts.no_acts}</p></ui::Card> }.into_any();
    }
    let columns = vec![ui::Column::new(texts.what), ui::Column::new(texts.when)];
    let rows = acts
        .into_iter()
        .map(|act| {
            let what = act.what.map(|what| view! { <p class="list-detail mono">{what}</p> });
            view! {
                <ui::TableRow>
                    <ui::TableCell main=true>{in_words(&act.action)} {what}</ui::TableCell>
                    <ui::TableCell label=texts.when>
                        <ui::DateTime instant=act.when.iso.clone() exact=act.when.iso text=act.when.text/>
                    </ui::TableCell>
                </ui::TableRow>
            }
        })
        .collect_view();
    let rest = rest.unwrap_or(texts.acts_more);
    let more = more.then(|| view! { <p class="muted">{rest}</p> });
    view! {
        <ui::Card title=texts.acts flush=true>
            <ui::Table caption=texts.acts columns=columns>{rows}</ui::Table>
        </ui::Card>
        {more}
    }
    .into_any()
}

/// The way out for who is on it, and an end for who watches.
pub fn ways_out(visit: &VisitRow, may_revoke: bool) -> Option<AnyView> {
    let texts = &messages::current().visits;
    if visit.end.is_some() {
        return None;
    }
    if visit.mine {
        return Some(
            view! {
                <PostForm action=StopVisit::PATH fields=vec![]>
                    <ui::Button variant=ui::ButtonVariant::Danger>{texts.stop}</ui::Button>
                </PostForm>
            }
            .into_any(),
        );
    }
    may_revoke.then(|| {
        view! {
            <PostForm action=RevokeVisit::PATH fields=vec![("visit", visit.id.to_string())]>
                <ui::Button variant=ui::ButtonVariant::Danger size=ui::ButtonSize::Small>{texts.list.revoke}</ui::Button>
            </PostForm>
        }
        .into_any()
    })
}
