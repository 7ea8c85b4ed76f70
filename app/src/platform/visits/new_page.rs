//! `/platform/visits/new`: whom to visit, and why.

use contract::{staff::StaffRight, visits::VisitChoice};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{begin_visit::BeginVisit, choose_visit::choose_visit, list_page};
use crate::{
    form::FormState,
    frame::platform::{Section, platform_page},
    messages,
    org::post_form::HiddenFields,
    page::{self, PageTitle},
    platform::reason::ReasonFields,
    response::redirect_to,
};

/// Where it is.
const PATH: &str = "/platform/visits/new";

/// The page for somebody in an organization, by their ids.
pub fn of(tenant: &str, user: &str) -> String {
    let query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("tenant", tenant)
        .append_pair("user", user)
        .finish();
    format!("{PATH}?{query}")
}

#[component]
pub fn NewVisitPage() -> impl IntoView {
    platform_page(Section::Visits, StaffRight::Impersonate, |_| async {
        let texts = &messages::current().visits.begin;
        let content = match (page::query("tenant"), page::query("user")) {
            (Some(tenant), Some(user)) => {
                let choice = choose_visit(tenant, user).await?;
                view! { <Begin choice=choice/> }.into_any()
            }
            _ => match (page::query("slug"), page::query("email")) {
                (Some(slug), Some(email)) => {
                    let actor = crate::session::staff().await?;
                    let deps = crate::session::deps()?;
                    match domain::visits::choice::find(&actor, &deps, &slug, &email).await? {
                        Some((tenant, user)) => {
                            redirect_to(&of(&tenant.to_string(), &user.to_string()));
                            return Ok(().into_any());
                        }
                        None => view! { <Find slug=slug email=email nobody=true/> }.into_any(),
                    }
                }
                _ => view! { <Find slug=String::new() email=String::new() nobody=false/> }.into_any(),
            },
        };
        let crumbs = vec![
            ui::Crumb::link(messages::current().visits.title, list_page::PATH),
            ui::Crumb::here(texts.title),
        ];
        let label = messages::current().frame.breadcrumb;
        Ok(view! {
            <PageTitle text=texts.title/>
            <ui::PageHeader
                title=texts.title
                breadcrumb=view! { <ui::Breadcrumb label=label crumbs=crumbs/> }.into_any()
            />
            {content}
        }
        .into_any())
    })
}

/// By address, for who comes from nowhere in particular.
#[component]
fn Find(slug: String, email: String, nobody: bool) -> impl IntoView {
    let texts = &messages::current().visits.begin;
    let nobody = nobody.then(|| view! { <ui::Banner tone=ui::Tone::Warning>{texts.nobody}</ui::Banner> });
    view! {
        {nobody}
        <ui::Card>
            <form class="form" method="get" action=PATH>
                <p>{texts.find_text}</p>
                <ui::TextInput name="slug" label=texts.slug hint=texts.slug_hint value=slug autocomplete="off" required=true/>
                <ui::TextInput name="email" label=texts.email value=email autocomplete="off" required=true/>
                <div class="form-actions">
                    <ui::Button>{texts.find}</ui::Button>
                </div>
            </form>
        </ui::Card>
    }
}

#[component]
fn Begin(choice: VisitChoice) -> impl IntoView {
    let texts = &messages::current().visits.begin;
    if let Some(obstacle) = choice.obstacle {
        return view! {
            <ui::EmptyState title=choice.subject_name text=(texts.obstacle)(obstacle) icon=ui::IconName::Info>
                <ui::Button href=list_page::PATH variant=ui::ButtonVariant::Secondary>{texts.back}</ui::Button>
            </ui::EmptyState>
        }
        .into_any();
    }
    if !choice.fresh {
        let next = of(&choice.tenant.to_string(), &choice.subject.to_string());
        return view! {
            <ui::EmptyState title=choice.organization text=texts.factor icon=ui::IconName::Shield>
                <ui::Button href=page::second_factor_path(&next)>{texts.factor_button}</ui::Button>
            </ui::EmptyState>
        }
        .into_any();
    }
    view! { <BeginForm choice=choice/> }.into_any()
}

#[component]
fn BeginForm(choice: VisitChoice) -> impl IntoView {
    let texts = &messages::current().visits.begin;
    let form = FormState::of::<BeginVisit>();
    let fields = vec![
        ("tenant", choice.tenant.to_string()),
        ("user", choice.subject.to_string()),
    ];
    view! {
        <ui::Card title=choice.organization.clone()>
            <form class="form form-wide" method="post" action=BeginVisit::PATH data-pending="">
                <ui::FormErrorSummary
                    title=messages::current().errors.summary_title
                    errors=form.summary()
                />
                <p>{(texts.text)(&choice.organization, &choice.subject_name)}</p>
                <p class="muted">{choice.subject_email} " · " {texts.told}</p>
                <HiddenFields fields=fields/>
                <ReasonFields form=form hint=texts.reason_hint/>
                <div class="form-actions">
                    <ui::Button>{texts.button}</ui::Button>
                    <ui::Button href=list_page::PATH variant=ui::ButtonVariant::Quiet>{texts.back}</ui::Button>
                </div>
            </form>
        </ui::Card>
    }
}
