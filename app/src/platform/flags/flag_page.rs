//! `/platform/flags/{flag}`: how one stands, for whom it is otherwise, and what it would be for somebody.

use contract::{
    flag::{FlagDetail, FlagLevel, FlagRow},
    staff::StaffRight,
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_params_map;

use super::{
    change_flag::ChangeFlag, get_flag::get_flag, list_page::Standing, overrides::Overrides, preview,
    remove_flag_override::RemoveFlagOverride,
};
use crate::{
    form::FormState,
    frame::platform::{Section, platform_page},
    messages,
    org::{
        post_form::HiddenFields,
        refusal::{self, Refusals},
    },
    page::PageTitle,
    platform::fresh_factor::ProveAgain,
};

#[component]
pub fn FlagPage() -> impl IntoView {
    let key = use_params_map()
        .with_untracked(|params| params.get("flag"))
        .unwrap_or_default();
    platform_page(Section::Flags, StaffRight::FlagsRead, |role| async move {
        let detail = get_flag(key).await?;
        let preview = preview::shown(detail.row.flag).await?;
        let manages = role.has(StaffRight::FlagsManage);
        Ok(view! { <One detail=detail manages=manages preview=preview/> }.into_any())
    })
}

#[component]
fn One(detail: FlagDetail, manages: bool, preview: AnyView) -> impl IntoView {
    let messages = messages::current();
    let texts = &messages.flags;
    let FlagDetail {
        row,
        version,
        overrides,
        plans,
        fresh_factor,
    } = detail;
    let flag = row.flag;
    let refusals = refusal::of::<RemoveFlagOverride>();
    let crumbs = vec![
        ui::Crumb::link(texts.title, "/platform/flags"),
        ui::Crumb::here(flag.key()),
    ];
    let breadcrumb = view! { <ui::Breadcrumb label=messages.frame.breadcrumb crumbs=crumbs/> };
    let badge = view! { <Standing killed=row.killed rollout=row.rollout default=flag.default_value()/> };
    let state = if manages {
        let stale = (!fresh_factor).then(|| view! { <ProveAgain text=texts.kill_switch_stale/> });
        view! { {stale} <Change row=row version=version/> }.into_any()
    } else {
        view! { <Shown row=row/> }.into_any()
    };
    let named = flag.levels().iter().any(|level| FlagLevel::NAMED.contains(level));
    let overrides = named.then(|| view! { <Overrides flag=flag overrides=overrides plans=plans manages=manages/> });
    view! {
        <PageTitle text=flag.key()/>
        <ui::PageHeader
            title=flag.key()
            description=flag.meaning()
            badge=badge.into_any()
            breadcrumb=breadcrumb.into_any()
        />
        <Refusals errors=refusals/>
        {state}
        {overrides}
        {preview}
    }
}

#[component]
fn Shown(row: FlagRow) -> impl IntoView {
    let texts = &messages::current().flags;
    let word = |on: bool| if on { texts.on } else { texts.off };
    let rollout = row
        .rollout
        .map_or_else(|| texts.no_rollout.to_owned(), texts.rolled_out);
    view! {
        <ui::Card title=texts.state>
            <ui::KeyValueList>
                <ui::KeyValue label=texts.default>{word(row.flag.default_value())}</ui::KeyValue>
                <ui::KeyValue label=texts.kill_switch>
                    {if row.killed { texts.killed } else { texts.not_killed }}
                </ui::KeyValue>
                <ui::KeyValue label=texts.rollout>{rollout}</ui::KeyValue>
            </ui::KeyValueList>
        </ui::Card>
    }
}

#[component]
fn Change(row: FlagRow, version: i64) -> impl IntoView {
    let messages = messages::current();
    let texts = &messages.flags;
    let form = FormState::of::<ChangeFlag>();
    let flag = row.flag;
    let otherwise = if flag.default_value() { texts.on } else { texts.off };
    let rollout = flag.has_level(FlagLevel::Rollout).then(|| {
        let start = row.rollout.map(|percent| percent.to_string()).unwrap_or_default();
        view! {
            <ui::TextInput
                name="rollout"
                label=texts.rollout
                hint=(texts.rollout_hint)(otherwise)
                value=form.value_or("rollout", &start)
                error=form.field_error("rollout")
                autocomplete="off"
                max_length=3
            />
        }
    });
    let fields = vec![("flag", flag.key().to_owned()), ("version", version.to_string())];
    view! {
        <ui::Card title=texts.state>
            <form class="form" method="post" action=ChangeFlag::PATH data-pending="">
                <ui::FormErrorSummary title=messages.errors.summary_title errors=form.summary()/>
                <HiddenFields fields=fields/>
                {rollout}
                <ui::Checkbox name="killed" checked=form.checked_or("killed", row.killed)>
                    {texts.kill_switch_text}
                </ui::Checkbox>
                <div class="form-actions"><ui::Button>{texts.save}</ui::Button></div>
            </form>
        </ui::Card>
    }
}
