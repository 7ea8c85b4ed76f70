//! Making a role, from nothing or from one that is there.

use contract::{
    Error,
    iam::{Permission, PermissionSet},
    role::{Role, RoleList},
    tenant::Organization,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    create_role::CreateRole,
    fields::{RoleFields, Start},
    list_page::may_manage,
    list_roles::list_roles,
};
use crate::{
    form::FormState,
    frame::org::{Section, org_page},
    messages,
    org::post_form::HiddenFields,
    page::{self, PageTitle},
};

#[component]
pub fn NewRolePage() -> impl IntoView {
    org_page(Section::Roles, |organization| async move {
        if !organization.permissions.contains(Permission::RolesManage) {
            return Err(Error::Forbidden);
        }
        let from = page::query("from");
        let list = list_roles(organization.slug.to_string()).await?;
        let from = from.and_then(|from| list.roles.iter().find(|role| is_called(role, &from)).cloned());
        let texts = &messages::current().roles;
        let back = format!("/o/{}/settings/roles", organization.slug);
        let crumbs = vec![
            ui::Crumb::link(texts.title, back.clone()),
            ui::Crumb::here(texts.new_title),
        ];
        let breadcrumb =
            view! { <ui::Breadcrumb label=messages::current().frame.breadcrumb crumbs=crumbs/> }.into_any();
        // A form that came back is shown with what was typed, even when the last place was taken meanwhile.
        let content = if !may_manage(&organization) {
            let text = messages::current().frame.inactive_banner;
            view! { <NoRoom title=texts.inactive_title text=text.to_owned() back=back/> }.into_any()
        } else if list.is_full() && !FormState::of::<CreateRole>().failed() {
            view! { <NoRoom title=texts.full_title text=(texts.full)(list.allowed) back=back/> }.into_any()
        } else {
            view! { <NewRole organization=organization list=list from=from back=back/> }.into_any()
        };
        Ok(view! {
            <PageTitle text=texts.new_title/>
            <ui::PageHeader title=texts.new_title description=texts.new_text breadcrumb=breadcrumb/>
            {content}
        }
        .into_any())
    })
}

/// What a link calls a role: a default one by its key, one of the organization's own by its id.
fn called(role: &Role) -> String {
    role.default
        .map_or_else(|| role.id.to_string(), |default| default.key().to_owned())
}

fn is_called(role: &Role, name: &str) -> bool {
    called(role) == name || role.id.to_string() == name
}

#[component]
fn NoRoom(title: &'static str, text: String, back: String) -> impl IntoView {
    let texts = &messages::current().roles;
    view! {
        <ui::EmptyState title=title text=text icon=ui::IconName::Key>
            <ui::Button href=back variant=ui::ButtonVariant::Secondary>{texts.back}</ui::Button>
        </ui::EmptyState>
    }
}

#[component]
fn NewRole(organization: Organization, list: RoleList, from: Option<Role>, back: String) -> impl IntoView {
    let texts = &messages::current().roles;
    let own = organization.permissions;
    let form = FormState::of::<CreateRole>();
    let wanted = from
        .as_ref()
        .map_or_else(PermissionSet::default, |role| role.permissions);
    let cut =
        (!wanted.is_subset_of(own)).then(|| view! { <ui::Banner tone=ui::Tone::Info>{texts.cut_to_own}</ui::Banner> });
    let start = Start {
        name: String::new(),
        description: String::new(),
        permissions: wanted.within(own),
    };
    view! {
        <Presets roles=list.roles from=from here=format!("{back}/new")/>
        {cut}
        <form class="form role-form" method="post" action=CreateRole::PATH data-pending="">
            <HiddenFields fields=vec![("org", organization.slug.to_string())]/>
            <RoleFields form=form start=start own=own/>
            <div class="form-actions">
                <ui::Button>{texts.create}</ui::Button>
                <ui::Button href=back variant=ui::ButtonVariant::Quiet>{texts.cancel}</ui::Button>
            </div>
        </form>
    }
}

/// The default roles, and the one of the organization's own that somebody came from.
#[component]
fn Presets(roles: Vec<Role>, from: Option<Role>, here: String) -> impl IntoView {
    let texts = &messages::current().roles;
    let chosen = from.as_ref().map(|role| role.id);
    let presets = roles
        .iter()
        .filter(|role| role.default.is_some() || Some(role.id) == chosen)
        .map(|role| {
            let href = page::with_query(&here, "from", &called(role));
            ui::Tab::new(role.name.clone(), href, Some(role.id) == chosen)
        });
    let tabs = std::iter::once(ui::Tab::new(texts.from_nothing, here.clone(), chosen.is_none()))
        .chain(presets)
        .collect::<Vec<_>>();
    view! {
        <div class="role-presets">
            <p class="field-label">{texts.start_from}</p>
            <ui::Tabs label=texts.start_from tabs=tabs/>
        </div>
    }
}
