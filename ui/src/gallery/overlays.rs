//! What stands in front of the page.

use super::Section;
use crate::{Button, ButtonKind, ButtonVariant, Dialog, Drawer, KeyValue, KeyValueList, TextInput};
use leptos::prelude::*;

#[component]
pub(super) fn Overlays() -> impl IntoView {
    view! {
        <Section title="Dialog and drawer">
            <div class="row">
                <Button opens="gallery-dialog" variant=ButtonVariant::Secondary>
                    "Open dialog"
                </Button>
                <Button opens="gallery-drawer" variant=ButtonVariant::Secondary>
                    "Open drawer"
                </Button>
            </div>
            <Dialog
                id="gallery-dialog"
                title="Rename project"
                description="Links to it keep working."
                close_label="Close"
                footer=view! {
                    <Button closes="gallery-dialog" variant=ButtonVariant::Secondary>
                        "Cancel"
                    </Button>
                    <Button kind=ButtonKind::Button>"Rename"</Button>
                }
                    .into_any()
            >
                <TextInput name="g-rename" label="Name" value="Harbour redesign" />
            </Dialog>
            <Dialog
                id="gallery-confirm"
                title="Delete Harbour redesign?"
                description="It stays in the bin for 30 days and can be restored until then."
                close_label="Close"
                footer=view! {
                    <Button closes="gallery-confirm" variant=ButtonVariant::Secondary>
                        "Keep it"
                    </Button>
                    <Button kind=ButtonKind::Button variant=ButtonVariant::Danger>
                        "Delete project"
                    </Button>
                }
                    .into_any()
            >
                <p>"24 tasks go with it."</p>
            </Dialog>
            <Drawer id="gallery-drawer" title="Sand the quay railing" description="Task in Harbour redesign" close_label="Close">
                <KeyValueList>
                    <KeyValue label="State">"Open"</KeyValue>
                    <KeyValue label="Due">"28 November 2026"</KeyValue>
                </KeyValueList>
            </Drawer>
        </Section>
    }
}
