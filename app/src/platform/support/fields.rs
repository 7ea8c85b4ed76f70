//! The fields that say what support is let into, for how long and why: the same for who asks and for who offers.

use contract::support::{SupportArea, SupportHours};
use leptos::prelude::*;

use super::input::{READ, WRITE};
use crate::{form::FormState, messages, platform::reason::ReasonFields};

/// What is chosen before anybody has chosen.
const HOURS: u8 = 4;

pub fn hours_options() -> Vec<ui::SelectOption> {
    let text = messages::current().support.hours;
    SupportHours::CHOICES
        .iter()
        .map(|hours| ui::SelectOption::new(hours.to_string(), text(*hours)))
        .collect()
}

#[component]
pub fn AskedFields(form: FormState) -> impl IntoView {
    let texts = &messages::current().support.fields;
    let modes = vec![
        ui::RadioOption::new(READ, texts.read).hint(texts.read_hint),
        ui::RadioOption::new(WRITE, texts.write).hint(texts.write_hint),
    ];
    view! {
        <Areas form=form.clone()/>
        <ui::RadioGroup
            name="mode"
            legend=texts.mode
            options=modes
            selected=form.value_or("mode", READ)
            error=form.field_error("mode")
            required=true
        />
        <ui::Select
            name="hours"
            label=texts.hours
            options=hours_options()
            selected=form.value_or("hours", &HOURS.to_string())
            error=form.field_error("hours")
        />
        <ReasonFields form=form hint=texts.reason_hint/>
    }
}

#[component]
fn Areas(form: FormState) -> impl IntoView {
    let support = &messages::current().support;
    let texts = &support.fields;
    let error = form.field_error("areas");
    let described = if error.is_some() {
        "areas-error areas-hint"
    } else {
        "areas-hint"
    };
    let error = error.map(|error| view! { <p class="field-error" id="areas-error">{error}</p> });
    let ticked = |area: SupportArea| {
        if form.failed() {
            form.values("areas[]").any(|key| key == area.key())
        } else {
            area == SupportArea::Work
        }
    };
    let boxes = SupportArea::ALL
        .iter()
        .map(|&area| {
            let (name, hint) = (support.area)(area);
            view! {
                <ui::Checkbox
                    name="areas[]"
                    value=area.key()
                    id=format!("area-{}", area.key())
                    checked=ticked(area)
                    hint=hint
                >
                    {name}
                </ui::Checkbox>
            }
        })
        .collect_view();
    view! {
        <fieldset class="choice-group" id="areas" tabindex="-1" aria-describedby=described>
            <legend class="field-label">{texts.areas}</legend>
            {boxes}
            {error}
            <p class="field-hint" id="areas-hint">{texts.areas_hint}</p>
        </fieldset>
    }
}
