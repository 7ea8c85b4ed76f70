//! Before a role goes: who has it, and which one they get.

use contract::{
    Error,
    iam::{DefaultRole, Permission},
    role::Role,
    tenant::Organization,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    delete_role::DeleteRole,
    fields::errors,
    list_roles::list_roles,
    role_page::{may_change, requested},
    summary::holders,
};
use crate::{
    form::FormState,
    frame::org::{Section, org_page},
    messages,
    org::post_form::HiddenFields,
    page::PageTitle,
};

#[component]
pub fn DeleteRolePage() -> impl IntoView {
    let role = requested();
    org_page(Section::Roles, |organization| async move {
        if !organization.permissions.contains(Permission::RolesManage) {
            return Err(Error::Forbidden);
        }
        let list = list_roles(organization.slug.to_string()).await?;
        let (found, others): (Vec<Role>, Vec<Role>) =
            list.roles.into_iter().partition(|other| other.id.to_string() == role);
        let role = found.into_iter().next().ok_or(Error::NotFound)?;
        if !may_change(&organization, &role) {
            return Err(Error::Forbidden);
        }
        Ok(view! { <DeleteOne organization=organization role=role others=others/> }.into_any())
    })
}

/// Where its people may go: what the editor may give, and what guests may have if there are any.
fn targets(organization: &Organization, role: &Role, others: Vec<Role>) -> Vec<Role> {
    others
        .into_iter()
        .filter(|other| other.default != Some(DefaultRole::Owner))
        .filter(|other| other.permissions.is_subset_of(organization.permissions))
        .filter(|other| role.guests == 0 || matches!(other.default, None | Some(DefaultRole::Guest)))
        .collect()
}

#[component]
fn DeleteOne(organization: Organization, role: Role, others: Vec<Role>) -> impl IntoView {
    let texts = &messages::current().roles;
    let list = format!("/o/{}/settings/roles", organization.slug);
    let back = format!("{list}/{}", role.id);
    let title = (texts.delete_title)(&role.name);
    let crumbs = vec![
        ui::Crumb::link(texts.title, list),
        ui::Crumb::link(role.name.clone(), back.clone()),
        ui::Crumb::here(texts.delete),
    ];
    let breadcrumb = view! { <ui::Breadcrumb label=messages::current().frame.breadcrumb crumbs=crumbs/> }.into_any();
    let form = FormState::of_where::<DeleteRole>("role", &role.id.to_string());
    let errors = errors(&form);
    let description = if role.is_held() {
        (texts.delete_held)(&holders(&role))
    } else {
        texts.delete_free.to_owned()
    };
    let own = role
        .own
        .then(|| view! { <ui::Banner tone=ui::Tone::Warning>{texts.delete_own}</ui::Banner> });
    let target = (role.is_held() || form.failed()).then(|| {
        let options = std::iter::once(ui::SelectOption::new("", texts.choose_role))
            .chain(
                targets(&organization, &role, others)
                    .into_iter()
                    .map(|role| ui::SelectOption::new(role.id.to_string(), role.name)),
            )
            .collect::<Vec<_>>();
        view! {
            <ui::Select
                name="target"
                label=texts.target
                hint=texts.target_hint
                options=options
                selected=form.value("target")
                error=form.field_error("target")
                required=true
            />
        }
    });
    let fields = vec![("org", organization.slug.to_string()), ("role", role.id.to_string())];
    view! {
        <PageTitle text=title.clone()/>
        <ui::PageHeader title=title description=description breadcrumb=breadcrumb/>
        {own}
        <ui::Card>
            <form class="form" method="post" action=DeleteRole::PATH data-pending="">
                <ui::FormErrorSummary title=messages::current().errors.summary_title errors=errors/>
                <HiddenFields fields=fields/>
                {target}
                <div class="form-actions">
                    <ui::Button variant=ui::ButtonVariant::Danger icon=ui::IconName::Trash>{texts.delete}</ui::Button>
                    <ui::Button href=back variant=ui::ButtonVariant::Quiet>{texts.cancel}</ui::Button>
                </div>
            </form>
        </ui::Card>
    }
}
