//! What an organization is called, where it is found, and what it is on.

use contract::{
    Error,
    iam::Permission,
    tenant::{Organization, TenantStatus},
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{check_slug::CheckSlug, two_step_card::TwoStepCard, update_organization::UpdateOrganization};
use crate::{
    form::FormState,
    frame::{
        billing::{billing_path, billing_tone},
        org::{Section, org_page},
    },
    messages,
    page::{self, PageTitle},
    session,
};

#[component]
pub fn GeneralSettingsPage() -> impl IntoView {
    org_page(Section::General, |organization| async move {
        if !organization.permissions.contains(Permission::TenantUpdate) {
            return Err(Error::Forbidden);
        }
        let texts = &messages::current().org;
        let slug = organization.slug.to_string();
        let required = session::org(&slug).await?.tenant().second_factor_required;
        let active = organization.is_open_for_work();
        Ok(view! {
            <PageTitle text=texts.general_title/>
            <ui::PageHeader title=texts.general_title description=texts.general_text/>
            <Identity organization=organization.clone()/>
            <TwoStepCard org=slug required=required active=active/>
            <Facts organization=organization/>
        }
        .into_any())
    })
}

#[component]
fn Identity(organization: Organization) -> impl IntoView {
    let texts = &messages::current().org;
    let errors = &messages::current().errors;
    let form = FormState::of::<UpdateOrganization>();
    let active = organization.is_open_for_work();
    let Organization { slug, name, .. } = organization;
    view! {
        <ui::Card title=texts.identity description=texts.identity_text>
            <form class="form" method="post" action=active.then_some(UpdateOrganization::PATH) data-pending="">
                <ui::FormErrorSummary title=errors.summary_title errors=form.summary()/>
                <input type="hidden" name="org" value=slug.to_string()/>
                <ui::TextInput
                    name="name"
                    label=texts.name
                    value=form.value_or("name", &name)
                    error=form.field_error("name")
                    autocomplete="off"
                    max_length=80
                    required=true
                    disabled=!active
                />
                <ui::LiveCheck
                    url=page::with_query(CheckSlug::PATH, "current", slug.as_str())
                    checking_label=texts.slug_checking
                >
                    <ui::TextInput
                        name="slug"
                        label=texts.slug
                        prefix=texts.slug_prefix
                        hint=texts.slug_change_hint
                        value=form.value_or("slug", slug.as_str())
                        error=form.field_error("slug")
                        autocomplete="off"
                        max_length=40
                        required=true
                        disabled=!active
                    />
                </ui::LiveCheck>
                {active.then(|| view! { <div class="form-actions"><ui::Button>{texts.save}</ui::Button></div> })}
            </form>
        </ui::Card>
    }
}

#[component]
fn Facts(organization: Organization) -> impl IntoView {
    let texts = &messages::current().org;
    let billing = &organization.billing;
    let until = billing.until.as_ref().map(|until| (texts.until)(&until.text));
    let state = (messages::current().standing.state)(billing.state);
    let tone = billing_tone(billing.state);
    let more = organization.permissions.contains(Permission::BillingRead).then(|| {
        view! { <ui::Link href=billing_path(organization.slug.as_str())>{texts.see_billing}</ui::Link> }
    });
    let status = match organization.status {
        TenantStatus::Active => view! { <ui::Badge tone=ui::Tone::Success>{texts.active}</ui::Badge> }.into_any(),
        TenantStatus::Suspended | TenantStatus::Deactivated | TenantStatus::Deleting => {
            view! { <ui::Badge tone=ui::Tone::Warning>{texts.inactive}</ui::Badge> }.into_any()
        }
    };
    view! {
        <ui::Card title=texts.facts>
            <ui::KeyValueList>
                <ui::KeyValue label=texts.plan>{organization.plan}</ui::KeyValue>
                <ui::KeyValue label=texts.billing>
                    <ui::Badge tone=tone dot=true>{state}</ui::Badge>
                    " " {until} " " {more}
                </ui::KeyValue>
                <ui::KeyValue label=texts.status>{status}</ui::KeyValue>
                <ui::KeyValue label=texts.role>{organization.role}</ui::KeyValue>
            </ui::KeyValueList>
        </ui::Card>
    }
}
