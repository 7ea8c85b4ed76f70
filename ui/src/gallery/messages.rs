//! Banners and toasts.

use super::Section;
use crate::{Banner, Button, ButtonKind, ButtonSize, ButtonVariant, Toast, ToastRegion, Tone};
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
