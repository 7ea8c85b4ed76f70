//! The roles there are, what each may do in short, and who has it.

use contract::{
    Error,
    iam::Permission,
    role::{Role, RoleList},
    tenant::Organization,
};
use leptos::prelude::*;

use super::{
    list_roles::list_roles,
    summary::{holders, summary},
};
use crate::{
    frame::org::{Section, org_page},
    messages,
    page::PageTitle,
};

/// Whether somebody may make and change roles now.
pub fn may_manage(organization: &Organization) -> bool {
    organization.is_open_for_work() && organization.permissions.contains(Permission::RolesManage)
}

#[component]
pub fn RolesPage() -> impl IntoView {
    org_page(Section::Roles, |organization| async move {
        if !organization.permissions.contains(Permission::RolesRead) {
            return Err(Error::Forbidden);
        }
        let list = list_roles(organization.slug.to_string()).await?;
        Ok(view! { <Roles organization=organization list=list/> }.into_any())
    })
}

#[component]
fn Roles(organization: Organization, list: RoleList) -> impl IntoView {
    let texts = &messages::current().roles;
    let slug = organization.slug.to_string();
    let may_create = may_manage(&organization) && !list.is_full();
    let people = organization.permissions.contains(Permission::MembersRead);
    let full = (may_manage(&organization) && list.is_full()).then_some((texts.full)(list.allowed));
    let new = format!("/o/{slug}/settings/roles/new");
    let (default, own): (Vec<Role>, Vec<Role>) = list.roles.into_iter().partition(|role| role.default.is_some());
    let actions = (may_create && !own.is_empty())
        .then(|| view! { <ui::Button href=new.clone() icon=ui::IconName::Plus>{texts.new}</ui::Button> });
    let own = if own.is_empty() {
        let button =
            may_create.then(|| view! { <ui::Button href=new icon=ui::IconName::Plus>{texts.new}</ui::Button> });
        view! {
            <ui::EmptyState title=texts.none_title text=texts.none_text icon=ui::IconName::Key level=3>
                {button}
            </ui::EmptyState>
        }
        .into_any()
    } else {
        view! { <RoleTable caption=texts.own roles=own slug=slug.clone() people=people/> }.into_any()
    };
    view! {
        <PageTitle text=texts.title/>
        <ui::PageHeader title=texts.title description=texts.description actions=actions.into_any()/>
        {full.map(|text| view! { <ui::Banner>{text}</ui::Banner> })}
        <ui::Card title=texts.own description=texts.own_text flush=true>{own}</ui::Card>
        <ui::Card title=texts.default description=texts.default_text flush=true>
            <RoleTable caption=texts.default roles=default slug=slug people=people/>
        </ui::Card>
    }
}

#[component]
fn RoleTable(
    caption: &'static str,
    roles: Vec<Role>,
    slug: String,
    /// Whether the way leads on to the people who have a role.
    people: bool,
) -> impl IntoView {
    let texts = &messages::current().roles;
    let columns = vec![
        ui::Column::new(texts.column_role),
        ui::Column::new(texts.column_may),
        ui::Column::new(texts.column_people),
    ];
    let rows = roles
        .into_iter()
        .map(|role| {
            let href = format!("/o/{slug}/settings/roles/{}", role.id);
            let held_by = holders(&role);
            let held_by = if people && role.people > 0 {
                let href = format!("/o/{slug}/people?role={}", role.id);
                view! { <ui::Link href=href tone=ui::LinkTone::Quiet>{held_by}</ui::Link> }.into_any()
            } else {
                held_by.into_any()
            };
            let about =
                (!role.description.is_empty()).then(|| view! { <p class="list-detail">{role.description.clone()}</p> });
            let own = role
                .own
                .then(|| view! { " " <ui::Badge tone=ui::Tone::Accent>{texts.yours}</ui::Badge> });
            view! {
                <ui::TableRow>
                    <ui::TableCell main=true>
                        <ui::Link href=href tone=ui::LinkTone::Quiet>{role.name}</ui::Link> {own} {about}
                    </ui::TableCell>
                    <ui::TableCell label=texts.column_may>
                        <span class="role-summary">{summary(role.permissions)}</span>
                    </ui::TableCell>
                    <ui::TableCell label=texts.column_people>
                        <span class="role-holders">{held_by}</span>
                    </ui::TableCell>
                </ui::TableRow>
            }
        })
        .collect_view();
    view! { <ui::Table caption=caption columns=columns>{rows}</ui::Table> }
}
