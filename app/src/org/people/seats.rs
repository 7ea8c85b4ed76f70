//! How many seats are taken, in figures and in words.

use contract::{
    iam::MemberType,
    people::{SeatUse, Seats},
};
use leptos::prelude::*;

use crate::messages;

#[component]
pub fn SeatCounter(seats: SeatUse) -> impl IntoView {
    view! {
        <div class="grid-2">
            <SeatClass seats=seats.members class=MemberType::Member/>
            <SeatClass seats=seats.guests class=MemberType::Guest/>
        </div>
    }
}

#[component]
fn SeatClass(seats: Seats, class: MemberType) -> impl IntoView {
    let texts = &messages::current().people;
    let text = (texts.seats_used)(seats.used, seats.allowed);
    match seats.allowed {
        Some(allowed) => view! {
            <ui::Meter
                label=(texts.seats)(class)
                value=u64::from(seats.used)
                max=u64::from(allowed)
                text=text
                hint=(texts.seats_state)(seats.state(), seats.used, allowed)
            />
        }
        .into_any(),
        None => view! {
            <p>
                <span class="meter-label">{(texts.seats)(class)}</span> " " <span class="muted">{text}</span>
            </p>
        }
        .into_any(),
    }
}
