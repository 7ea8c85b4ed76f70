//! Addresses from which nobody may come in.

use contract::security::BlockedAddress;
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    block_path,
    found::{Kind, at},
    lift_block::LiftBlock,
};
use crate::{messages, org::post_form::PostForm};

#[component]
pub fn Blocked(blocked: Vec<BlockedAddress>, manages: bool) -> impl IntoView {
    let texts = &messages::current().security;
    let mut columns = vec![
        ui::Column::new(texts.address),
        ui::Column::new(texts.why),
        ui::Column::new(texts.by),
        ui::Column::new(texts.until),
    ];
    if manages {
        columns.push(ui::Column::actions(texts.actions));
    }
    let rows = blocked
        .into_iter()
        .map(|one| {
            let address = one.address.clone();
            let lift = manages.then(|| {
                view! {
                    <ui::TableCell align=ui::Align::End>
                        <PostForm action=LiftBlock::PATH fields=vec![("address", address.clone())]>
                            <ui::Button variant=ui::ButtonVariant::Quiet size=ui::ButtonSize::Small>
                                {texts.lift} <span class="visually-hidden">" " {address}</span>
                            </ui::Button>
                        </PostForm>
                    </ui::TableCell>
                }
            });
            view! {
                <ui::TableRow>
                    <ui::TableCell main=true><span class="mono">{one.address}</span></ui::TableCell>
                    <ui::TableCell label=texts.why>{one.reason}</ui::TableCell>
                    <ui::TableCell label=texts.by>{one.by}</ui::TableCell>
                    <ui::TableCell label=texts.until>{at(one.until)}</ui::TableCell>
                    {lift}
                </ui::TableRow>
            }
            .into_any()
        })
        .collect();
    let another = manages.then(|| {
        view! {
            <div>
                <ui::Button
                    href=block_path("")
                    variant=ui::ButtonVariant::Secondary
                    size=ui::ButtonSize::Small
                >
                    {texts.block_title}
                </ui::Button>
            </div>
        }
    });
    view! {
        <Kind
            title=texts.blocked
            text=texts.blocked_text
            nothing=texts.no_blocked
            columns=columns
            rows=rows
            above=another.into_any()
        />
    }
}
