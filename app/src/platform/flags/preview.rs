//! What a flag would be for an organization, a person, or both, and why.

use contract::{
    error::Result,
    flag::{Flag, FlagPreview, FlagReason},
};
use leptos::prelude::*;

use super::{input::path, preview_flag::preview_flag};
use crate::{messages, page};

/// The form, and what it was asked last.
pub async fn shown(flag: Flag) -> Result<AnyView> {
    let organization = page::query("organization").unwrap_or_default();
    let person = page::query("person").unwrap_or_default();
    let asked = page::query("organization").is_some() || page::query("person").is_some();
    let answer = if asked {
        Some(preview_flag(flag.key().to_owned(), organization.clone(), person.clone()).await?)
    } else {
        None
    };
    let texts = &messages::current().flags;
    let answer = answer.map(|answer| view! { <Answer answer=answer/> });
    Ok(view! {
        <ui::Card title=texts.preview>
            <div class="stack">
                <form class="form" method="get" action=path(flag) role="search">
                    <ui::TextInput
                        name="organization"
                        label=texts.preview_organization
                        value=organization
                        autocomplete="off"
                        max_length=254
                    />
                    <ui::TextInput
                        name="person"
                        label=texts.preview_person
                        value=person
                        autocomplete="off"
                        max_length=254
                    />
                    <div class="form-actions">
                        <ui::Button variant=ui::ButtonVariant::Secondary>{texts.preview_button}</ui::Button>
                    </div>
                </form>
                {answer}
            </div>
        </ui::Card>
    }
    .into_any())
}

#[component]
fn Answer(answer: FlagPreview) -> impl IntoView {
    let messages = messages::current();
    let texts = &messages.flags;
    let (tone, text) = match answer {
        FlagPreview::Value(value) => {
            let tone = match (value.reason, value.on) {
                (FlagReason::KillSwitch, _) => ui::Tone::Danger,
                (_, true) => ui::Tone::Success,
                (_, false) => ui::Tone::Info,
            };
            (tone, (texts.resolved)(value.on, value.reason))
        }
        FlagPreview::NoSuchOrganization => (ui::Tone::Warning, messages.platform_audit.no_organization.to_owned()),
        FlagPreview::NoSuchPerson => (ui::Tone::Warning, messages.platform_audit.no_person.to_owned()),
    };
    view! { <ui::Banner tone=tone>{text}</ui::Banner> }
}
