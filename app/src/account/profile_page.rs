//! `/account/profile`.

use contract::preferences::{Locale, Theme};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{profile::profile, update_profile::UpdateProfile};
use crate::{
    form::FormState,
    frame::account::{Section, account_page},
    messages,
    page::PageTitle,
};

#[component]
pub fn ProfilePage() -> impl IntoView {
    account_page(Section::Profile, |_| async {
        let profile = profile().await?;
        Ok(view! { <ProfileForm profile=profile/> }.into_any())
    })
}

/// The zones people live in; the database has as many again that only machines use. Those are accepted when typed.
fn time_zones() -> Vec<ui::ComboboxOption> {
    const REGIONS: &[&str] = &[
        "Africa/",
        "America/",
        "Antarctica/",
        "Arctic/",
        "Asia/",
        "Atlantic/",
        "Australia/",
        "Europe/",
        "Indian/",
        "Pacific/",
    ];
    chrono_tz::TZ_VARIANTS
        .iter()
        .map(|zone| zone.name())
        .filter(|name| *name == "UTC" || REGIONS.iter().any(|region| name.starts_with(region)))
        .map(ui::ComboboxOption::new)
        .collect()
}

#[component]
fn ProfileForm(profile: contract::account::Profile) -> impl IntoView {
    let messages = messages::current();
    let (texts, frame) = (&messages.account, &messages.frame);
    let form = FormState::of::<UpdateProfile>();
    let languages = Locale::ALL
        .iter()
        .map(|locale| ui::SelectOption::new(locale.tag(), locale.name()))
        .collect::<Vec<_>>();
    let themes = [
        (Theme::System, frame.theme_system),
        (Theme::Light, frame.theme_light),
        (Theme::Dark, frame.theme_dark),
    ]
    .map(|(theme, label)| ui::RadioOption::new(theme.key(), label))
    .to_vec();
    view! {
        <PageTitle text=texts.profile.title/>
        <ui::PageHeader title=texts.profile.title description=texts.profile.description/>
        <ui::FormErrorSummary title=messages.errors.summary_title errors=form.summary()/>
        <form class="form" method="post" action=UpdateProfile::PATH data-pending="">
            <ui::TextInput
                name="name"
                label=texts.profile.name
                value=form.value_or("name", &profile.name)
                error=form.field_error("name")
                autocomplete="name"
                max_length=100
                required=true
            />
            <ui::TextInput
                name="email"
                label=texts.email
                kind=ui::InputKind::Email
                value=profile.email
                hint=texts.profile.email_hint
                autocomplete="email"
                disabled=true
            />
            <ui::Select
                name="locale"
                label=texts.profile.language
                options=languages
                selected=form.value_or("locale", profile.locale.tag())
                error=form.field_error("locale")
            />
            <ui::Combobox
                name="time_zone"
                label=texts.profile.time_zone
                options=time_zones()
                value=form.value_or("time_zone", &profile.time_zone)
                placeholder=texts.profile.time_zone_placeholder
                hint=texts.profile.time_zone_hint
                error=form.field_error("time_zone")
                empty_text=texts.profile.time_zone_none
                required=true
            />
            <ui::RadioGroup
                name="theme"
                legend=texts.profile.appearance
                options=themes
                selected=form.value_or("theme", profile.theme.key())
                error=form.field_error("theme")
            />
            <ui::Switch
                name="notify_new_sign_in"
                label=texts.profile.new_sign_in
                hint=texts.profile.new_sign_in_hint
                checked=form.checked_or("notify_new_sign_in", profile.notify_new_sign_in)
            />
            <div class="form-actions"><ui::Button>{texts.save}</ui::Button></div>
        </form>
    }
}
