//! One role: to change, for who may, and otherwise to read.

use contract::{Error, iam::Permission, role::Role, tenant::Organization};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_params_map;

use super::{
    fields::{RoleFields, Start},
    get_role::get_role,
    grid::{PermissionList, kept_from_guests},
    list_page::may_manage,
    summary::holders,
    update_role::UpdateRole,
};
use crate::{
    form::FormState,
    frame::org::{Section, org_page},
    messages,
    org::post_form::HiddenFields,
    page::PageTitle,
};

/// The id in the URL.
pub fn requested() -> String {
    use_params_map()
        .with_untracked(|params| params.get("role"))
        .unwrap_or_default()
}

#[component]
pub fn RolePage() -> impl IntoView {
    let role = requested();
    org_page(Section::Roles, |organization| async move {
        if !organization.permissions.contains(Permission::RolesRead) {
            return Err(Error::Forbidden);
        }
        let role = get_role(organization.slug.to_string(), role).await?;
        Ok(view! { <OneRole organization=organization role=role/> }.into_any())
    })
}

/// Whether this person may change it: it is the organization's own, and has nothing that they do not have.
pub fn may_change(organization: &Organization, role: &Role) -> bool {
    may_manage(organization) && role.default.is_none() && role.permissions.is_subset_of(organization.permissions)
}

#[component]
fn OneRole(organization: Organization, role: Role) -> impl IntoView {
    let texts = &messages::current().roles;
    let back = format!("/o/{}/settings/roles", organization.slug);
    let crumbs = vec![
        ui::Crumb::link(texts.title, back.clone()),
        ui::Crumb::here(role.name.clone()),
    ];
    let breadcrumb = view! { <ui::Breadcrumb label=messages::current().frame.breadcrumb crumbs=crumbs/> }.into_any();
    let kind = if role.default.is_some() {
        texts.kind_default
    } else {
        texts.kind_own
    };
    let badge = view! { <ui::Badge>{kind}</ui::Badge> }.into_any();
    let copy = may_manage(&organization).then(|| {
        let href = format!("{back}/new?from={}", role.id);
        view! { <ui::Button href=href variant=ui::ButtonVariant::Secondary icon=ui::IconName::Copy>{texts.copy}</ui::Button> }
    });
    let change = may_change(&organization, &role);
    let delete = change.then(|| {
        let href = format!("{back}/{}/delete", role.id);
        view! { <ui::Button href=href variant=ui::ButtonVariant::Danger icon=ui::IconName::Trash>{texts.delete}</ui::Button> }
    });
    let actions = view! { {copy} {delete} }.into_any();
    let held = if role.is_held() {
        (texts.held_by)(&holders(&role))
    } else {
        texts.held_by_nobody.to_owned()
    };
    let described = format!("{} {held}", role.description);
    let guests = (role.guests > 0)
        .then(|| kept_from_guests(role.permissions))
        .flatten()
        .map(|names| view! { <ui::Banner>{(texts.guests_have_it)(role.guests, &names)}</ui::Banner> });
    let content = if change {
        view! { <Change organization=organization role=role.clone()/> }.into_any()
    } else {
        let reason = if role.default.is_some() {
            texts.fixed
        } else if may_manage(&organization) {
            texts.above
        } else {
            texts.only_to_read
        };
        view! {
            <ui::Banner>{reason}</ui::Banner>
            <ui::Card title=texts.rights><PermissionList granted=role.permissions/></ui::Card>
        }
        .into_any()
    };
    view! {
        <PageTitle text=role.name.clone()/>
        <ui::PageHeader
            title=role.name
            description=described.trim().to_owned()
            badge=badge
            actions=actions
            breadcrumb=breadcrumb
        />
        {guests}
        {content}
    }
}

#[component]
fn Change(organization: Organization, role: Role) -> impl IntoView {
    let texts = &messages::current().roles;
    let form = FormState::of_where::<UpdateRole>("role", &role.id.to_string());
    let own = role
        .own
        .then(|| view! { <ui::Banner tone=ui::Tone::Warning>{texts.own_warning}</ui::Banner> });
    let fields = vec![
        ("org", organization.slug.to_string()),
        ("role", role.id.to_string()),
        ("version", role.version.to_string()),
    ];
    let start = Start {
        name: role.name,
        description: role.description,
        permissions: role.permissions,
    };
    view! {
        {own}
        <form class="form role-form" method="post" action=UpdateRole::PATH data-pending="">
            <HiddenFields fields=fields/>
            <RoleFields form=form start=start own=organization.permissions/>
            <p class="muted">{texts.takes_effect}</p>
            <div class="form-actions"><ui::Button>{texts.save}</ui::Button></div>
        </form>
    }
}
