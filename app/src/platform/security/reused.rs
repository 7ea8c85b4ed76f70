//! What was good once, and was brought again.

use contract::security;
use leptos::prelude::*;

use super::found::{EndSessions, Kind, at};
use crate::{messages, platform::users::view::user_path};

#[component]
pub fn Reused(reused: Vec<security::Reused>, manages: bool) -> impl IntoView {
    let texts = &messages::current().security;
    let mut columns = vec![
        ui::Column::new(texts.person),
        ui::Column::new(texts.what),
        ui::Column::new(texts.last),
        ui::Column::figures(texts.times),
        ui::Column::figures(texts.sessions),
    ];
    if manages {
        columns.push(ui::Column::actions(texts.actions));
    }
    let rows = reused
        .into_iter()
        .map(|one| {
            let name = one.name.clone();
            let answers = manages.then(|| {
                let reset = format!("{}/reset", user_path(one.user));
                view! {
                    <ui::TableCell align=ui::Align::End>
                        <div class="row customers-row-actions">
                            <EndSessions user=one.user name=name.clone()/>
                            <ui::Button href=reset variant=ui::ButtonVariant::Quiet size=ui::ButtonSize::Small>
                                {texts.new_password} <span class="visually-hidden">" " {name}</span>
                            </ui::Button>
                        </div>
                    </ui::TableCell>
                }
            });
            view! {
                <ui::TableRow>
                    <ui::TableCell main=true>
                        <ui::Link href=user_path(one.user)>{one.name}</ui::Link>
                        <p class="list-detail">{one.email}</p>
                    </ui::TableCell>
                    <ui::TableCell label=texts.what>{(texts.kind)(&one.kind)}</ui::TableCell>
                    <ui::TableCell label=texts.last>
                        {at(one.at)} <span class="list-detail mono">{one.address}</span>
                    </ui::TableCell>
                    <ui::TableCell label=texts.times align=ui::Align::End>{one.times}</ui::TableCell>
                    <ui::TableCell label=texts.sessions align=ui::Align::End>{one.sessions}</ui::TableCell>
                    {answers}
                </ui::TableRow>
            }
            .into_any()
        })
        .collect();
    view! { <Kind title=texts.reused text=texts.reused_text nothing=texts.no_reused columns=columns rows=rows/> }
}
