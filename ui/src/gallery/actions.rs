//! Buttons and links.

use super::Section;
use crate::{
    Button, ButtonKind, ButtonSize, ButtonVariant, CopyButton, IconButton, IconName, InlineEdit, Link, LinkTone, Menu,
    MenuAlign, MenuItem, MenuLabel, MenuSeparator, Theme, ThemeToggle, Tone, Tooltip,
};
use leptos::prelude::*;

#[component]
pub(super) fn Actions() -> impl IntoView {
    view! {
        <Section title="Buttons">
            <div class="row">
                <Button kind=ButtonKind::Button>"Create project"</Button>
                <Button kind=ButtonKind::Button variant=ButtonVariant::Secondary icon=IconName::Download>
                    "Export"
                </Button>
                <Button kind=ButtonKind::Button variant=ButtonVariant::Quiet>
                    "Cancel"
                </Button>
                <Button kind=ButtonKind::Button variant=ButtonVariant::Danger icon=IconName::Trash>
                    "Delete"
                </Button>
                <Button href="#buttons-as-links" icon_end=IconName::ArrowRight variant=ButtonVariant::Secondary id="buttons-as-links">
                    "A link"
                </Button>
            </div>
            <div class="row">
                <Button kind=ButtonKind::Button size=ButtonSize::Small>
                    "Small"
                </Button>
                <Button kind=ButtonKind::Button size=ButtonSize::Small variant=ButtonVariant::Secondary icon=IconName::Filter>
                    "Filter"
                </Button>
                <Button kind=ButtonKind::Button pending=true>
                    "Saving changes"
                </Button>
                <Button kind=ButtonKind::Button pending=true variant=ButtonVariant::Secondary>
                    "Saving"
                </Button>
                <Button kind=ButtonKind::Button disabled=true>
                    "Not now"
                </Button>
                <Button kind=ButtonKind::Button size=ButtonSize::Large>
                    "Start free"
                </Button>
            </div>
            <div class="row">
                <IconButton icon=IconName::Edit label="Rename" kind=ButtonKind::Button />
                <IconButton icon=IconName::Plus label="Add task" kind=ButtonKind::Button variant=ButtonVariant::Primary />
                <IconButton icon=IconName::Refresh label="Refresh" kind=ButtonKind::Button variant=ButtonVariant::Secondary />
                <IconButton icon=IconName::Trash label="Delete" kind=ButtonKind::Button size=ButtonSize::Small />
                <CopyButton value="plinth doctor" label="Copy" copied_label="Copied" />
                <Menu label="Project actions">
                    <MenuLabel>"Harbour redesign"</MenuLabel>
                    <MenuItem href="#rename" icon=IconName::Edit>
                        "Rename"
                    </MenuItem>
                    <MenuItem href="#archive" icon=IconName::Archive current=true>
                        "Archived"
                    </MenuItem>
                    <MenuSeparator />
                    <MenuItem opens="gallery-confirm" icon=IconName::Trash tone=Tone::Danger>
                        "Delete…"
                    </MenuItem>
                </Menu>
                <Menu label="Menu at the end" align=MenuAlign::End trigger=view! { <span class="button button-secondary">"Options"</span> }.into_any()>
                    <MenuItem href="#one">"First"</MenuItem>
                    <MenuItem href="#two">"Second"</MenuItem>
                </Menu>
                <ThemeToggle action="/theme" current=Theme::System cookie=|theme| format!("theme={theme}; Path=/dev/components") label="Theme" system_label="As the system" light_label="Light" dark_label="Dark" />
            </div>
        </Section>
        <Section title="Links, tooltips, editing in place">
            <p>
                <Link href="#links">"A link in a sentence"</Link>
                ", "
                <Link href="#links" tone=LinkTone::Quiet>
                    "a quiet one"
                </Link>
                ", "
                <Link href="https://www.rust-lang.org/" external=true>
                    "one that leaves"
                </Link>
                ", and "
                <Tooltip id="tooltip-seat" text="A seat is one active member. Guests take none.">
                    "a word that explains itself"
                </Tooltip>
                "."
            </p>
            <InlineEdit
                action="/dev/components/edit"
                name="title"
                value="Sand the quay railing"
                label="Title of the task"
                edit_label="edit title"
                save_label="Save"
                saved_label="Saved"
                error_label="That could not be saved. Try again."
                max_length=120
            />
        </Section>
    }
}
