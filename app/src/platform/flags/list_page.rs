//! `/platform/flags`: everything that can be switched.

use contract::{
    flag::{FlagLeftover, FlagRow},
    staff::StaffRight,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{forget_flag::ForgetFlag, input::path, list_flags::list_flags};
use crate::{
    frame::platform::{Section, platform_page},
    messages,
    org::{
        post_form::PostForm,
        refusal::{self, Refusals},
    },
    page::PageTitle,
};

#[component]
pub fn FlagsPage() -> impl IntoView {
    platform_page(Section::Flags, StaffRight::FlagsRead, |role| async move {
        let texts = &messages::current().flags;
        let list = list_flags().await?;
        let refusals = refusal::of::<ForgetFlag>();
        let manages = role.has(StaffRight::FlagsManage);
        let leftovers =
            (!list.leftovers.is_empty()).then(|| view! { <Leftovers leftovers=list.leftovers manages=manages/> });
        Ok(view! {
            <PageTitle text=texts.title/>
            <ui::PageHeader title=texts.title description=texts.description/>
            <Refusals errors=refusals/>
            <Declared flags=list.flags/>
            {leftovers}
        }
        .into_any())
    })
}

/// How a flag stands, in a word or two.
#[component]
pub fn Standing(killed: bool, rollout: Option<u8>, default: bool) -> impl IntoView {
    let texts = &messages::current().flags;
    match (killed, rollout) {
        (true, _) => view! { <ui::Badge tone=ui::Tone::Danger>{texts.killed}</ui::Badge> }.into_any(),
        (false, Some(percent)) => {
            view! { <ui::Badge tone=ui::Tone::Info>{(texts.rolled_out)(percent)}</ui::Badge> }.into_any()
        }
        (false, None) if default => view! { <ui::Badge tone=ui::Tone::Success>{texts.on}</ui::Badge> }.into_any(),
        (false, None) => view! { <ui::Badge>{texts.off}</ui::Badge> }.into_any(),
    }
}

#[component]
fn Declared(flags: Vec<FlagRow>) -> impl IntoView {
    let texts = &messages::current().flags;
    let columns = vec![
        ui::Column::new(texts.flag),
        ui::Column::new(texts.stands),
        ui::Column::figures(texts.overrides),
        ui::Column::new(texts.changed),
    ];
    let rows = flags
        .into_iter()
        .map(|row| {
            let changed = match row.changed {
                Some(at) => view! { <ui::DateTime instant=at.iso exact=at.text.clone() text=at.text/> }.into_any(),
                None => view! { <span class="muted">{texts.never}</span> }.into_any(),
            };
            view! {
                <ui::TableRow>
                    <ui::TableCell main=true>
                        <ui::Link href=path(row.flag)>{row.flag.key()}</ui::Link>
                        <p class="list-detail">{row.flag.meaning()}</p>
                    </ui::TableCell>
                    <ui::TableCell label=texts.stands>
                        <Standing killed=row.killed rollout=row.rollout default=row.flag.default_value()/>
                    </ui::TableCell>
                    <ui::TableCell label=texts.overrides align=ui::Align::End>{row.overrides}</ui::TableCell>
                    <ui::TableCell label=texts.changed>{changed}</ui::TableCell>
                </ui::TableRow>
            }
        })
        .collect_view();
    view! {
        <ui::Card flush=true>
            <ui::Table caption=texts.title columns=columns>{rows}</ui::Table>
        </ui::Card>
    }
}

#[component]
fn Leftovers(leftovers: Vec<FlagLeftover>, manages: bool) -> impl IntoView {
    let texts = &messages::current().flags;
    let mut columns = vec![
        ui::Column::new(texts.flag),
        ui::Column::new(texts.born),
        ui::Column::figures(texts.overrides),
    ];
    if manages {
        columns.push(ui::Column::actions(texts.actions));
    }
    let rows = leftovers
        .into_iter()
        .map(|row| {
            let reused = row.reused.then(|| view! { <p class="list-detail">{texts.reused}</p> });
            let forget = manages.then(|| {
                let fields = vec![("key", row.key.clone()), ("born", row.born.clone())];
                let key = row.key.clone();
                view! {
                    <ui::TableCell align=ui::Align::End>
                        <PostForm action=ForgetFlag::PATH fields=fields>
                            <ui::Button variant=ui::ButtonVariant::Quiet size=ui::ButtonSize::Small>
                                {texts.forget} <span class="visually-hidden">" " {key}</span>
                            </ui::Button>
                        </PostForm>
                    </ui::TableCell>
                }
            });
            view! {
                <ui::TableRow>
                    <ui::TableCell main=true><span class="list-title">{row.key}</span> {reused}</ui::TableCell>
                    <ui::TableCell label=texts.born>{row.born}</ui::TableCell>
                    <ui::TableCell label=texts.overrides align=ui::Align::End>{row.overrides}</ui::TableCell>
                    {forget}
                </ui::TableRow>
            }
        })
        .collect_view();
    view! {
        <ui::Card title=texts.leftovers description=texts.leftovers_text flush=true>
            <ui::Table caption=texts.leftovers columns=columns>{rows}</ui::Table>
        </ui::Card>
    }
}
