//! What was found, kind by kind.

use contract::{
    ids::{SessionId, UserId},
    security::{self, CopiedPasskey, FailureBurst, Lockout, Storm},
    time::Moment,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{SECURITY, block_path, lift_lockout::LiftLockout, lift_storm::LiftStorm};
use crate::{
    messages,
    org::post_form::{HiddenFields, PostForm},
    page,
    platform::users::{end_user_sessions::EndUserSessions, view::user_path},
};

/// What was tried, in words.
fn tried(policy: &str) -> String {
    (messages::current().customers.policy)(policy)
}

pub(super) fn at(moment: Moment) -> impl IntoView {
    view! { <ui::DateTime instant=moment.iso exact=moment.text.clone() text=moment.text/> }
}

/// A card with what was found of a kind, or with the word that there is nothing.
#[component]
pub(super) fn Kind(
    title: &'static str,
    text: &'static str,
    nothing: &'static str,
    columns: Vec<ui::Column>,
    rows: Vec<AnyView>,
    #[prop(optional)] above: Option<AnyView>,
) -> impl IntoView {
    let found = if rows.is_empty() {
        view! { <p class="muted">{nothing}</p> }.into_any()
    } else {
        view! { <ui::Table caption=title columns=columns>{rows}</ui::Table> }.into_any()
    };
    view! { <ui::Card title=title description=text><div class="stack">{above} {found}</div></ui::Card> }
}

#[component]
pub fn Storms(storms: Vec<Storm>, manages: bool) -> impl IntoView {
    let texts = &messages::current().security;
    let columns = vec![
        ui::Column::new(texts.tried),
        ui::Column::figures(texts.waiting),
        ui::Column::figures(texts.attempts),
        ui::Column::actions(texts.actions),
    ];
    let rows = storms
        .into_iter()
        .map(|storm| {
            let what = tried(&storm.policy);
            let them = page::with_query(SECURITY, "policy", &storm.policy) + "#lockouts";
            let (lifted, seen) = (what.clone(), what.clone());
            let lift = manages.then(|| {
                view! {
                    <PostForm action=LiftStorm::PATH fields=vec![("policy", storm.policy.clone())]>
                        <ui::Button variant=ui::ButtonVariant::Quiet size=ui::ButtonSize::Small>
                            {texts.lift_all} <span class="visually-hidden">" " {lifted}</span>
                        </ui::Button>
                    </PostForm>
                }
            });
            view! {
                <ui::TableRow>
                    <ui::TableCell main=true>{what}</ui::TableCell>
                    <ui::TableCell label=texts.waiting align=ui::Align::End>{storm.waiting}</ui::TableCell>
                    <ui::TableCell label=texts.attempts align=ui::Align::End>{storm.attempts}</ui::TableCell>
                    <ui::TableCell align=ui::Align::End>
                        <div class="row customers-row-actions">
                            <ui::Button href=them variant=ui::ButtonVariant::Quiet size=ui::ButtonSize::Small>
                                {texts.see_them} <span class="visually-hidden">" " {seen}</span>
                            </ui::Button>
                            {lift}
                        </div>
                    </ui::TableCell>
                </ui::TableRow>
            }
            .into_any()
        })
        .collect();
    view! { <Kind title=texts.storms text=texts.storms_text nothing=texts.no_storms columns=columns rows=rows/> }
}

#[component]
pub fn Lockouts(lockouts: Vec<Lockout>, manages: bool, asked: String, policy: String) -> impl IntoView {
    let texts = &messages::current().security;
    let mut columns = vec![
        ui::Column::new(texts.tried),
        ui::Column::figures(texts.attempts),
        ui::Column::new(texts.since),
        ui::Column::new(texts.until),
    ];
    columns.extend(actions(manages));
    let unknown = !asked.trim().is_empty() && !lockouts.iter().any(|one| one.asked);
    let rows = lockouts
        .into_iter()
        .map(|one| {
            let asked = one
                .asked
                .then(|| view! { <ui::Badge tone=ui::Tone::Warning>{texts.asked}</ui::Badge> });
            let short = one.key.get(..8).unwrap_or(&one.key).to_owned();
            let lift = manages.then(|| {
                let fields = vec![("policy", one.policy.clone()), ("key", one.key.clone())];
                let short = short.clone();
                view! {
                    <ui::TableCell align=ui::Align::End>
                        <PostForm action=LiftLockout::PATH fields=fields>
                            <ui::Button variant=ui::ButtonVariant::Quiet size=ui::ButtonSize::Small>
                                {texts.lift} <span class="visually-hidden">" " {short}</span>
                            </ui::Button>
                        </PostForm>
                    </ui::TableCell>
                }
            });
            view! {
                <ui::TableRow>
                    <ui::TableCell main=true>
                        <span class="list-title">{tried(&one.policy)}</span> " " {asked}
                        <p class="list-detail mono">{short}</p>
                    </ui::TableCell>
                    <ui::TableCell label=texts.attempts align=ui::Align::End>{one.attempts}</ui::TableCell>
                    <ui::TableCell label=texts.since>{at(one.since)}</ui::TableCell>
                    <ui::TableCell label=texts.until>{at(one.until)}</ui::TableCell>
                    {lift}
                </ui::TableRow>
            }
            .into_any()
        })
        .collect();
    let none = unknown.then(|| view! { <p>{texts.not_locked}</p> });
    let of_one = (!policy.is_empty()).then(|| {
        view! {
            <p>
                {texts.only} " " <strong>{tried(&policy)}</strong> " · " <ui::Link href=SECURITY>{texts.show_all}</ui::Link>
            </p>
        }
    });
    let kept = (!policy.is_empty()).then(|| view! { <HiddenFields fields=vec![("policy", policy.clone())]/> });
    let above = view! {
        {of_one}
        <form class="toolbar" method="get" action=SECURITY role="search">
            {kept}
            <ui::TextInput
                name="asked"
                kind=ui::InputKind::Search
                label=texts.whose
                value=asked
                autocomplete="off"
                max_length=254
            />
            <ui::Button variant=ui::ButtonVariant::Secondary>{texts.look}</ui::Button>
        </form>
        {none}
    };
    view! {
        <div id="lockouts">
            <Kind
                title=texts.lockouts
                text=texts.lockouts_text
                nothing=texts.no_lockouts
                columns=columns
                rows=rows
                above=above.into_any()
            />
        </div>
    }
}

#[component]
pub fn Bursts(bursts: Vec<FailureBurst>, manages: bool) -> impl IntoView {
    let texts = &messages::current().security;
    let mut columns = vec![
        ui::Column::new(texts.address),
        ui::Column::figures(texts.failures),
        ui::Column::new(texts.first),
        ui::Column::new(texts.last),
    ];
    columns.extend(actions(manages));
    let rows = bursts
        .into_iter()
        .map(|burst| {
            let address = burst.address.clone();
            let block = manages.then(|| {
                let answer = if burst.blocked {
                    view! { <ui::Badge tone=ui::Tone::Danger>{texts.is_blocked}</ui::Badge> }.into_any()
                } else {
                    view! {
                        <ui::Button
                            href=block_path(&address)
                            variant=ui::ButtonVariant::Quiet
                            size=ui::ButtonSize::Small
                        >
                            {texts.block} <span class="visually-hidden">" " {address}</span>
                        </ui::Button>
                    }
                    .into_any()
                };
                view! { <ui::TableCell align=ui::Align::End>{answer}</ui::TableCell> }
            });
            view! {
                <ui::TableRow>
                    <ui::TableCell main=true><span class="mono">{burst.address}</span></ui::TableCell>
                    <ui::TableCell label=texts.failures align=ui::Align::End>{burst.failures}</ui::TableCell>
                    <ui::TableCell label=texts.first>{at(burst.first)}</ui::TableCell>
                    <ui::TableCell label=texts.last>{at(burst.last)}</ui::TableCell>
                    {block}
                </ui::TableRow>
            }
            .into_any()
        })
        .collect();
    view! { <Kind title=texts.bursts text=texts.bursts_text nothing=texts.no_bursts columns=columns rows=rows/> }
}

#[component]
pub fn FarApart(found: Vec<security::FarApart>, manages: bool) -> impl IntoView {
    let texts = &messages::current().security;
    let mut columns = vec![
        ui::Column::new(texts.person),
        ui::Column::new(texts.address),
        ui::Column::figures(texts.times),
        ui::Column::figures(texts.sessions),
    ];
    columns.extend(actions(manages));
    let rows = found
        .into_iter()
        .map(|one| {
            let (user, name) = (one.user, one.name.clone());
            let end = manages.then(|| {
                let this = one
                    .session
                    .map(|session| view! { <EndSessions user=user name=name.clone() session=session/> });
                view! {
                    <ui::TableCell align=ui::Align::End>
                        <div class="row customers-row-actions">
                            {this}
                            <EndSessions user=user name=name/>
                        </div>
                    </ui::TableCell>
                }
            });
            view! {
                <ui::TableRow>
                    <Person user=one.user name=one.name email=one.email/>
                    <ui::TableCell label=texts.address>
                        <p>{at(one.first)} " " <span class="list-detail mono">{one.first_address}</span></p>
                        <p>{at(one.second)} " " <span class="list-detail mono">{one.second_address}</span></p>
                    </ui::TableCell>
                    <ui::TableCell label=texts.times align=ui::Align::End>{one.times}</ui::TableCell>
                    <ui::TableCell label=texts.sessions align=ui::Align::End>{one.sessions}</ui::TableCell>
                    {end}
                </ui::TableRow>
            }
            .into_any()
        })
        .collect();
    view! { <Kind title=texts.far_apart text=texts.far_apart_text nothing=texts.no_far_apart columns=columns rows=rows/> }
}

#[component]
pub fn Copies(copies: Vec<CopiedPasskey>, manages: bool) -> impl IntoView {
    let texts = &messages::current().security;
    let mut columns = vec![
        ui::Column::new(texts.person),
        ui::Column::new(texts.address),
        ui::Column::new(texts.used),
        ui::Column::figures(texts.sessions),
    ];
    columns.extend(actions(manages));
    let rows = copies
        .into_iter()
        .map(|one| {
            let (user, name) = (one.user, one.name.clone());
            let end = manages.then(|| {
                view! { <ui::TableCell align=ui::Align::End><EndSessions user=user name=name/></ui::TableCell> }
            });
            view! {
                <ui::TableRow>
                    <Person user=one.user name=one.name email=one.email/>
                    <ui::TableCell label=texts.address><span class="mono">{one.address}</span></ui::TableCell>
                    <ui::TableCell label=texts.used>{at(one.at)}</ui::TableCell>
                    <ui::TableCell label=texts.sessions align=ui::Align::End>{one.sessions}</ui::TableCell>
                    {end}
                </ui::TableRow>
            }
            .into_any()
        })
        .collect();
    view! { <Kind title=texts.copies text=texts.copies_text nothing=texts.no_copies columns=columns rows=rows/> }
}

/// The column of what can be done, for whoever may do it.
fn actions(manages: bool) -> Option<ui::Column> {
    manages.then(|| ui::Column::actions(messages::current().security.actions))
}

/// Whom it is about, with the way to their page.
#[component]
fn Person(user: UserId, name: String, email: String) -> impl IntoView {
    view! {
        <ui::TableCell main=true>
            <ui::Link href=user_path(user)>{name}</ui::Link>
            <p class="list-detail">{email}</p>
        </ui::TableCell>
    }
}

/// The response to somebody whose devices may be in other hands: of one of them, or of all.
#[component]
pub(super) fn EndSessions(user: UserId, name: String, #[prop(optional)] session: Option<SessionId>) -> impl IntoView {
    let texts = &messages::current().security;
    let label = match session {
        Some(_) => texts.end_session,
        None => texts.end_sessions,
    };
    let mut fields = vec![("user", user.to_string())];
    fields.extend(session.map(|session| ("session", session.to_string())));
    view! {
        <PostForm action=EndUserSessions::PATH fields=fields>
            <ui::Button variant=ui::ButtonVariant::Quiet size=ui::ButtonSize::Small>
                {label} <span class="visually-hidden">" " {name}</span>
            </ui::Button>
        </PostForm>
    }
}
