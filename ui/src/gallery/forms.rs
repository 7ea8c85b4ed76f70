//! Form controls.

use super::Section;
use crate::{
    Button, ButtonKind, ButtonVariant, Checkbox, Combobox, ComboboxOption, Confirm, Field, FieldError, FileInput,
    FormErrorSummary, InputKind, LiveCheck, PasskeyAct, PasskeyForm, PasskeyTexts, PasswordInput, PasswordStrength,
    RadioGroup, RadioOption, Select, SelectOption, Switch, TextInput, Textarea,
};
use leptos::prelude::*;

#[component]
pub(super) fn Forms() -> impl IntoView {
    view! {
        <TextSection />
        <ChoicesSection />
        <ErrorsSection />
    }
}

#[component]
fn TextSection() -> impl IntoView {
    view! {
        <Section title="Text">
            <div class="form form-wide">
                <div class="form-row">
                    <TextInput name="g-name" label="Name" value="North Pier Studio" hint="As it stands on invoices." />
                    <TextInput name="g-mail" label="E-mail" kind=InputKind::Email value="owner@demo" error="Enter a whole address, such as owner@demo.plinth.test." />
                </div>
                <div class="form-row">
                    <TextInput name="g-search" label="Search projects" kind=InputKind::Search placeholder="Search projects" />
                    <TextInput name="g-code" label="Code from the e-mail" kind=InputKind::Code value="482913" max_length=6 />
                </div>
                <div class="form-row">
                    <TextInput name="g-off" label="Cannot be changed" value="Starter" disabled=true />
                    <TextInput name="g-date" label="Due" kind=InputKind::Date note="Optional" />
                </div>
                <LiveCheck url="/dev/components/slug" checking_label="Checking…" slug_of="g-name">
                    <TextInput name="g-slug" label="Address" prefix="plinth.test/o/" hint="Small letters, digits and hyphens." />
                </LiveCheck>
                <PasswordInput
                    name="g-password"
                    label="New password"
                    show_label="Show password"
                    hide_label="Hide password"
                    autocomplete="new-password"
                    hint="At least ten characters."
                    strength=view! { <PasswordStrength url="/dev/components/strength" input="g-password" /> }.into_any()
                />
                <PasskeyForm
                    action="/dev/components/passkey-brought"
                    ask="/dev/components/passkey"
                    act=PasskeyAct::Get
                    label="Use a passkey"
                    variant=ButtonVariant::Secondary
                    texts=PasskeyTexts {
                        given_up: "No passkey was used. Try again.".into(),
                        known: "This device has a passkey already.".into(),
                        too_old: "This browser is too old for passkeys.".into(),
                        without_script: "Passkeys need JavaScript.".into(),
                    }
                />
                <Textarea name="g-note" label="Note" note="Optional" placeholder="What should the next person know?" />
                <Field id="g-own" label="A control of your own" hint="Field ties label, hint and error to any control.">
                    <input class="input" id="g-own" type="time" value="09:30" aria-describedby="g-own-hint" />
                </Field>
            </div>
        </Section>
    }
}

#[component]
fn ChoicesSection() -> impl IntoView {
    view! {
        <Section title="Choices">
            <div class="form form-wide">
                <div class="form-row">
                    <Select
                        name="g-select"
                        label="Role"
                        options=vec![SelectOption::new("owner", "Owner"), SelectOption::new("member", "Member"), SelectOption::new("guest", "Guest")]
                        selected="member"
                    />
                    <Combobox
                        name="g-zone"
                        label="Time zone"
                        options=["Europe/Lisbon", "Europe/Paris", "Europe/Warsaw", "America/Bogota", "Asia/Tokyo", "Australia/Hobart"]
                            .map(ComboboxOption::new)
                            .to_vec()
                        empty_text="No such zone"
                        placeholder="Type a city"
                    />
                </div>
                <RadioGroup
                    name="g-radio"
                    legend="Tell me about"
                    options=vec![
                        RadioOption::new("all", "Everything"),
                        RadioOption::new("mine", "Only what is mine").hint("Tasks assigned to you and projects you made."),
                        RadioOption::new("none", "Nothing"),
                    ]
                    selected="mine"
                />
                <RadioGroup
                    name="g-cards"
                    legend="Who can see it"
                    options=vec![
                        RadioOption::new("everyone", "Everyone in the organization").hint("Members find it in the list of projects."),
                        RadioOption::new("few", "People you choose").hint("Nobody else learns that it exists."),
                    ]
                    selected="everyone"
                    cards=true
                />
                <Checkbox name="g-terms" error="Accept the terms to go on.">
                    "I accept the terms of service"
                </Checkbox>
                <Checkbox name="g-news" checked=true hint="About four a year.">
                    "Send me news about the product"
                </Checkbox>
                <Switch name="g-digest" label="Weekly digest" hint="Sent on Monday mornings." checked=true />
                <Switch name="g-locked" label="Require a second factor" hint="Part of the Business plan." disabled=true />
                <FileInput name="g-file" label="Logo" accept="image/png,image/jpeg" hint="PNG or JPEG, up to 1 MB." />
            </div>
        </Section>
    }
}

#[component]
fn ErrorsSection() -> impl IntoView {
    view! {
        <Section title="Errors and brakes">
            <div class="form">
                <FormErrorSummary
                    title="Two things need your attention"
                    focus=false
                    errors=vec![
                        FieldError::new("g-mail", "Enter a whole address, such as owner@demo.plinth.test."),
                        FieldError::new("g-terms", "Accept the terms to go on."),
                    ]
                />
                <Confirm expected="north-pier" label="Type north-pier to confirm" name="g-confirm" button="Delete organization" hint="Everything in it is deleted after 30 days." />
                <div class="form-inline">
                    <TextInput name="g-quick" label="Add a task" placeholder="What needs doing?" />
                    <Button kind=ButtonKind::Button variant=ButtonVariant::Secondary>
                        "Add"
                    </Button>
                </div>
            </div>
        </Section>
    }
}
