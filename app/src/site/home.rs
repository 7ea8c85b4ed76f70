//! The landing page: what this is, in ten seconds.

use leptos::{prelude::*, server_fn::ServerFn};
use leptos_meta::Meta;

use crate::{auth::enter_demo::EnterDemo, frame::site::SitePage, messages, page::PageTitle, session::settings};

#[component]
pub fn HomePage() -> impl IntoView {
    let texts = &messages::current().site;
    let features = texts
        .features
        .iter()
        .map(|feature| {
            view! {
                <div class="feature">
                    <ui::Icon name=feature.icon/>
                    <h3>{feature.title}</h3>
                    <p>{feature.text}</p>
                </div>
            }
        })
        .collect_view();
    view! {
        <PageTitle text=texts.title/>
        <Meta name="description" content=texts.description/>
        <SitePage>
            <section class="hero">
                <div class="site-width">
                    <p class="hero-eyebrow">{texts.eyebrow}</p>
                    <h1 class="hero-title">{texts.headline}</h1>
                    <p class="hero-text">{texts.lead}</p>
                    <div class="hero-actions">
                        <ui::Button href="/sign-up" size=ui::ButtonSize::Large>{texts.start}</ui::Button>
                        <ui::Button href="/sign-in" size=ui::ButtonSize::Large variant=ui::ButtonVariant::Secondary>
                            {texts.sign_in}
                        </ui::Button>
                    </div>
                </div>
            </section>
            {settings().demo.then(|| view! { <DemoPeople/> })}
            <section class="site-section">
                <div class="site-width">
                    <h2 class="section-title">{texts.features_title}</h2>
                    <p class="section-text">{texts.features_text}</p>
                    <div class="feature-grid">{features}</div>
                </div>
            </section>
            <section class="site-section">
                <div class="site-width">
                    <h2 class="section-title">{texts.close_title}</h2>
                    <p class="section-text">{texts.close_text}</p>
                    <ui::CodeBlock code="make run\nmake test" label="make"/>
                </div>
            </section>
        </SitePage>
    }
}

/// In a demo, the ways in without an account.
#[component]
fn DemoPeople() -> impl IntoView {
    let texts = &messages::current().site;
    let people = texts
        .demo_people
        .iter()
        .map(|person| {
            view! {
                <form method="post" action=EnterDemo::PATH class="demo-person" data-pending="">
                    <input type="hidden" name="who" value=person.key/>
                    <h3>{person.name}</h3>
                    <p class="muted">{person.text}</p>
                    <ui::Button variant=ui::ButtonVariant::Secondary>{(texts.enter)(person.name)}</ui::Button>
                </form>
            }
        })
        .collect_view();
    view! {
        <section class="site-section demo-people">
            <div class="site-width">
                <h2 class="section-title">{texts.demo_title}</h2>
                <p class="section-text">{texts.demo_text}</p>
                <div class="feature-grid">{people}</div>
            </div>
        </section>
    }
}
