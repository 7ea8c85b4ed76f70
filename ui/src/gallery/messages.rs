//! Banners and toasts.

use super::Section;
use crate::{
    Banner, Banners, Button, ButtonKind, ButtonSize, ButtonVariant, IconName, Prompt, Toast, ToastRegion, Tone,
};
use leptos::prelude::*;

#[component]
pub(super) fn Messages() -> impl IntoView {
    let small = |text: &'static str| {
        view! {
            <Button kind=ButtonKind::Button size=ButtonSize::Small variant=ButtonVariant::Secondary>
                {text}
            </Button>
        }
        .into_any()
    };
    view! {
        <Section title="Banners">
            <div class="stack">
                <Banner title="Verify your address" action=small("Send again")>
                    "We wrote to owner@demo.plinth.test; the link works for 24 hours."
                </Banner>
                <Banner tone=Tone::Warning title="Payment failed on 3 May" action=small("Update card")>
                    "Everything keeps working until 10 May."
                </Banner>
                <Banner tone=Tone::Danger title="This organization is suspended">"Its data is safe and can be read."</Banner>
                <Banner tone=Tone::Neutral>"Maintenance on Sunday from 02:00 to 02:20 UTC."</Banner>
            </div>
        </Section>
        <Section title="More than two banners">
            <Banners
                banners=vec![
                    view! { <Banner tone=Tone::Danger title="A payment is missing">"Everything can be read."</Banner> }.into_any(),
                    view! { <Banner tone=Tone::Warning>"Verify your address by Friday."</Banner> }.into_any(),
                    view! { <Banner>"North Pier Studio is offered to you."</Banner> }.into_any(),
                ]
                more=|more| format!("{more} more notice")
            />
        </Section>
        <Section title="What stands in the way">
            <div class="stack">
                <Prompt title="There is no room for another project" text="Your plan includes 5 projects, and 5 are in use.">
                    <Button kind=ButtonKind::Button>"See plans"</Button>
                    <Button kind=ButtonKind::Button variant=ButtonVariant::Secondary>
                        "Choose one to delete"
                    </Button>
                </Prompt>
                <Prompt title="There is no seat for another member" text="All 3 seats are taken. Ask an owner of the organization." icon=IconName::Users />
            </div>
        </Section>
        <Section title="Toasts">
            <p class="muted">"They stand at the lower edge of the window. Errors stay until dismissed, the others leave after six seconds."</p>
            <ToastRegion label="Notifications">
                <Toast dismiss_label="Dismiss" action=small("Undo")>
                    "Project archived"
                </Toast>
                <Toast dismiss_label="Dismiss" tone=Tone::Danger detail="The server did not answer. Your text is still in the field.">
                    "Not saved"
                </Toast>
            </ToastRegion>
        </Section>
    }
}
