//! The landing page: what this is, in ten seconds.

use leptos::prelude::*;

use crate::{
    auth::demo_ways::{DemoOrganizations, DemoPeople},
    frame::site::{Place, SitePage},
    messages,
    page::PageTitle,
    session::settings,
};

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
    let facts = texts
        .facts
        .iter()
        .map(|fact| view! { <div class="fact"><dt>{fact.figure}</dt><dd>{fact.text}</dd></div> })
        .collect_view();
    view! {
        <PageTitle text=texts.title/>
        <SitePage place=Place::Product>
            <section class="hero">
                <div class="site-width hero-columns">
                    <div>
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
                    <Picture/>
                </div>
                <dl class="site-width facts">{facts}</dl>
            </section>
            {settings().demo.then(|| view! { <DemoSection/> })}
            <section class="site-section">
                <div class="site-width">
                    <h2 class="section-title">{texts.features_title}</h2>
                    <p class="section-text">{texts.features_text}</p>
                    <div class="feature-grid">{features}</div>
                </div>
            </section>
            <section class="site-section">
                <div class="site-width close">
                    <div>
                        <h2 class="section-title">{texts.close_title}</h2>
                        <p class="section-text">{texts.close_text}</p>
                    </div>
                    <ui::CodeBlock code="make run\nmake test" label=texts.terminal/>
                </div>
            </section>
        </SitePage>
    }
}

/// What it looks like inside. One picture, though it is made of the components that draw the real page.
#[component]
fn Picture() -> impl IntoView {
    let picture = &messages::current().site.picture;
    let tasks = picture
        .tasks
        .iter()
        .map(|task| {
            let done = task.icon == ui::IconName::Success;
            let badge = task
                .badge
                .map(|(tone, text)| view! { <ui::Badge tone=tone>{text}</ui::Badge> });
            let person =
                (!task.detail.is_empty()).then(|| view! { <ui::Avatar name=task.detail size=ui::AvatarSize::Tiny/> });
            view! {
                <div class="picture-task" class:picture-done=done>
                    <ui::Icon name=task.icon/>
                    <span class="picture-title">{task.title}</span>
                    {badge}
                    {person}
                </div>
            }
        })
        .collect_view();
    view! {
        <div class="picture" role="img" aria-label=picture.label>
            <div class="picture-bar">
                <ui::Avatar name=picture.organization size=ui::AvatarSize::Small shape=ui::AvatarShape::Square/>
                <span>{picture.organization}</span>
                <ui::Pill>{picture.trial}</ui::Pill>
            </div>
            <div class="picture-page">
                <p class="picture-project">{picture.project}</p>
                <p class="small muted">{picture.count}</p>
                <div class="picture-tasks">{tasks}</div>
                <ui::Meter label=picture.usage value=3 max=5 text=picture.used/>
            </div>
        </div>
    }
}

/// In a demo, the ways in without an account.
#[component]
fn DemoSection() -> impl IntoView {
    let texts = &messages::current().site;
    let bills = settings().demo_bills.then(|| {
        view! {
            <h3 class="demo-group">{texts.demo_bills_title}</h3>
            <p class="section-text">{texts.demo_bills_text}</p>
            <DemoOrganizations/>
        }
    });
    view! {
        <section class="site-section demo-people">
            <div class="site-width">
                <h2 class="section-title">{texts.demo_title}</h2>
                <p class="section-text">{texts.demo_text}</p>
                <h3 class="demo-group">{texts.demo_people_title}</h3>
                <DemoPeople/>
                {bills}
                {settings().dev_tools.then(|| view! { <DemoTools/> })}
            </div>
        </section>
    }
}

/// Where a developer sees what the demo does.
#[component]
fn DemoTools() -> impl IntoView {
    let texts = &messages::current().site.demo_tools;
    let payments = settings()
        .sandbox
        .then(|| view! { <ui::Link href="/dev/sandbox">{texts.payments}</ui::Link> });
    view! {
        <p class="row muted">
            <span>{texts.text}</span>
            <ui::Link href="/dev/mailbox">{texts.mailbox}</ui::Link>
            {payments}
            <ui::Link href="/dev/clock">{texts.clock}</ui::Link>
        </p>
    }
}
