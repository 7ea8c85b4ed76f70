//! In a demo, the ways in without an account: one press each.

use leptos::{prelude::*, server_fn::ServerFn};

use super::enter_demo::EnterDemo;
use crate::messages;

#[component]
pub fn DemoPeople() -> impl IntoView {
    let texts = &messages::current().site;
    let people = texts
        .demo_people
        .iter()
        .map(|person| {
            view! {
                <form method="post" action=EnterDemo::PATH class="demo-person" data-pending="">
                    <input type="hidden" name="who" value=person.key/>
                    <ui::Avatar name=person.name/>
                    <div>
                        <h4>{person.name}</h4>
                        <p class="muted">{person.text}</p>
                    </div>
                    <ui::Button variant=ui::ButtonVariant::Secondary>{(texts.enter)(person.name)}</ui::Button>
                </form>
            }
        })
        .collect_view();
    view! { <div class="demo-grid">{people}</div> }
}

/// Organizations by how they stand with their bills, each entered as its owner.
#[component]
pub fn DemoOrganizations() -> impl IntoView {
    let texts = &messages::current().site;
    let organizations = texts
        .demo_bills
        .iter()
        .map(|bills| {
            view! {
                <form method="post" action=EnterDemo::PATH class="demo-organization" data-pending="">
                    <input type="hidden" name="who" value=bills.key/>
                    <div>
                        <h4>{bills.standing}</h4>
                        <p class="muted">{bills.text}</p>
                    </div>
                    <ui::Button variant=ui::ButtonVariant::Secondary>
                        {(texts.enter_organization)(bills.organization)}
                    </ui::Button>
                </form>
            }
        })
        .collect_view();
    view! { <div class="demo-grid demo-organizations">{organizations}</div> }
}

/// The same where there is little room: one list, closed until somebody opens it.
#[component]
pub fn DemoWays() -> impl IntoView {
    let settings = crate::session::settings();
    let texts = &messages::current().site;
    let way = |key: &'static str, text: String| {
        view! {
            <form method="post" action=EnterDemo::PATH data-pending="">
                <input type="hidden" name="who" value=key/>
                <ui::Button variant=ui::ButtonVariant::Secondary size=ui::ButtonSize::Small>{text}</ui::Button>
            </form>
        }
    };
    let people = texts
        .demo_people
        .iter()
        .map(|person| way(person.key, (texts.enter)(person.name)))
        .collect_view();
    let bills = settings.demo_bills.then(|| {
        let organizations = texts
            .demo_bills
            .iter()
            .map(|bills| way(bills.key, format!("{}: {}", bills.organization, bills.standing)))
            .collect_view();
        view! {
            <h2 class="small">{texts.demo_bills_title}</h2>
            <div class="demo-ways-list">{organizations}</div>
        }
    });
    settings.demo.then(|| {
        view! {
            <details class="demo-ways">
                <summary>{texts.demo_sign_in}</summary>
                <h2 class="small">{texts.demo_people_title}</h2>
                <div class="demo-ways-list">{people}</div>
                {bills}
            </details>
        }
    })
}
