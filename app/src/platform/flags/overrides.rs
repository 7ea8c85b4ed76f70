//! For whom a flag is otherwise, and the form that says so.

use contract::flag::{Flag, FlagLevel, FlagOverride};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{override_flag::OverrideFlag, remove_flag_override::RemoveFlagOverride};
use crate::{
    form::FormState,
    messages,
    org::post_form::{HiddenFields, PostForm},
};

#[component]
pub fn Overrides(
    flag: Flag,
    overrides: Vec<FlagOverride>,
    plans: Vec<(String, String)>,
    manages: bool,
) -> impl IntoView {
    let texts = &messages::current().flags;
    let list = if overrides.is_empty() {
        view! { <p class="muted">{texts.no_overrides}</p> }.into_any()
    } else {
        view! { <Said flag=flag overrides=overrides manages=manages/> }.into_any()
    };
    let form = manages.then(|| view! { <Say flag=flag plans=plans/> });
    view! { <ui::Card title=texts.otherwise><div class="stack">{list} {form}</div></ui::Card> }
}

#[component]
fn Said(flag: Flag, overrides: Vec<FlagOverride>, manages: bool) -> impl IntoView {
    let texts = &messages::current().flags;
    let mut columns = vec![
        ui::Column::new(texts.whom),
        ui::Column::new(texts.value),
        ui::Column::new(texts.changed),
    ];
    if manages {
        columns.push(ui::Column::actions(texts.actions));
    }
    let rows = overrides
        .into_iter()
        .map(|one| {
            let name = one.name.unwrap_or_else(|| texts.gone.to_owned());
            let by = one.by.map(|by| view! { <span class="list-detail">{by}</span> });
            let remove = manages.then(|| {
                let name = name.clone();
                let fields = vec![
                    ("flag", flag.key().to_owned()),
                    ("level", one.level.key().to_owned()),
                    ("subject", one.subject.clone()),
                ];
                view! {
                    <ui::TableCell align=ui::Align::End>
                        <PostForm action=RemoveFlagOverride::PATH fields=fields>
                            <ui::Button variant=ui::ButtonVariant::Quiet size=ui::ButtonSize::Small>
                                {texts.take_back} <span class="visually-hidden">" " {name}</span>
                            </ui::Button>
                        </PostForm>
                    </ui::TableCell>
                }
            });
            let value = if one.value { texts.on } else { texts.off };
            let tone = if one.value {
                ui::Tone::Success
            } else {
                ui::Tone::Neutral
            };
            let since = one.since;
            view! {
                <ui::TableRow>
                    <ui::TableCell main=true>
                        <span class="list-title">{name}</span>
                        <p class="list-detail">{(texts.level)(one.level)}</p>
                    </ui::TableCell>
                    <ui::TableCell label=texts.value><ui::Badge tone=tone>{value}</ui::Badge></ui::TableCell>
                    <ui::TableCell label=texts.changed>
                        <ui::DateTime instant=since.iso exact=since.text.clone() text=since.text/> {by}
                    </ui::TableCell>
                    {remove}
                </ui::TableRow>
            }
        })
        .collect_view();
    view! { <ui::Table caption=texts.otherwise columns=columns>{rows}</ui::Table> }
}

#[component]
fn Say(flag: Flag, plans: Vec<(String, String)>) -> impl IntoView {
    let messages = messages::current();
    let texts = &messages.flags;
    let form = FormState::of::<OverrideFlag>();
    let levels = FlagLevel::NAMED
        .iter()
        .filter(|level| flag.has_level(**level))
        .map(|level| ui::SelectOption::new(level.key(), (texts.level)(*level)))
        .collect::<Vec<_>>();
    let values = vec![
        ui::SelectOption::new("on", texts.on),
        ui::SelectOption::new("off", texts.off),
    ];
    let keys = plans.into_iter().map(|(key, _)| key).collect::<Vec<_>>().join(", ");
    view! {
        <form class="form" method="post" action=OverrideFlag::PATH data-pending="">
            <ui::FormErrorSummary title=messages.errors.summary_title errors=form.summary()/>
            <HiddenFields fields=vec![("flag", flag.key().to_owned())]/>
            <ui::Select name="level" label=texts.for_one options=levels selected=form.value_or("level", FlagLevel::Tenant.key())/>
            <ui::TextInput
                name="subject"
                label=texts.whom
                hint=(texts.whom_hint)(&keys)
                value=form.value("subject")
                error=form.field_error("subject")
                autocomplete="off"
                required=true
                max_length=254
            />
            <ui::Select name="value" label=texts.value options=values selected=form.value_or("value", "on")/>
            <div class="form-actions">
                <ui::Button variant=ui::ButtonVariant::Secondary>{texts.say}</ui::Button>
            </div>
        </form>
    }
}
