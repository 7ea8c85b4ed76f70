//! `/platform/users/{user}`: everything about one account.

use contract::{
    customers::{AccountStatus, PersonDetail, PersonPlace},
    people::MemberStatus,
    staff::StaffRight,
    tenant::TenantStatus,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{
    clear_second_factor::ClearSecondFactor,
    end_user_sessions::EndUserSessions,
    force_password_reset::ForcePasswordReset,
    get_user::get_user,
    lift_user_lockouts::LiftUserLockouts,
    list_page::status_tone,
    lockouts::Lockouts,
    reinstate_user::ReinstateUser,
    sessions_card::Sessions,
    suspend_user::SuspendUser,
    view::{LIST, user_path},
};
use crate::{
    frame::platform::{Section, platform_page},
    messages,
    org::refusal::{self, Refusals},
    page::PageTitle,
    platform::tenants::view::tenant_path,
};

/// The id in the URL.
pub fn requested_user() -> String {
    use_params_map()
        .with_untracked(|params| params.get("user"))
        .unwrap_or_default()
}

#[component]
pub fn UserPage() -> impl IntoView {
    let user = requested_user();
    platform_page(Section::Users, StaffRight::UsersRead, |_| async move {
        let found = get_user(user).await?;
        Ok(view! { <Shown found=found/> }.into_any())
    })
}

#[component]
fn Shown(found: PersonDetail) -> impl IntoView {
    let messages = messages::current();
    let texts = &messages.customers.users;
    let crumbs = vec![ui::Crumb::link(texts.title, LIST), ui::Crumb::here(found.name.clone())];
    let badge = view! {
        <ui::Badge tone=status_tone(found.status)>{(texts.status)(found.status)}</ui::Badge>
        {found.staff.map(|role| view! { <ui::Badge tone=ui::Tone::Accent>{(texts.staff_badge)((messages.platform.staff.role)(role))}</ui::Badge> })}
    };
    let closed = found.suspension.clone().map(|suspension| {
        view! {
            <ui::Banner tone=ui::Tone::Danger title=(texts.suspended_title)(&suspension.by, &suspension.at.text)>
                {suspension.reason}
            </ui::Banner>
        }
    });
    let refused = [
        refusal::of::<SuspendUser>(),
        refusal::of::<ReinstateUser>(),
        refusal::of::<ForcePasswordReset>(),
        refusal::of::<ClearSecondFactor>(),
        refusal::of::<EndUserSessions>(),
        refusal::of::<LiftUserLockouts>(),
    ]
    .concat();
    view! {
        <PageTitle text=found.name.clone()/>
        <ui::PageHeader
            title=found.name.clone()
            description=found.email.clone()
            badge=badge.into_any()
            breadcrumb=view! { <ui::Breadcrumb label=messages.frame.breadcrumb crumbs=crumbs/> }.into_any()
            actions=view! { <Actions found=found.clone()/> }.into_any()
        />
        <Refusals errors=refused/>
        <div class="stack-large">
            {closed}
            <Organizations found=found.clone()/>
            <div class="grid-2">
                <Identity found=found.clone()/>
                <Lockouts found=found.clone()/>
            </div>
            <Sessions found=found/>
        </div>
    }
}

/// A button for each thing that whoever looks may do.
#[component]
fn Actions(found: PersonDetail) -> impl IntoView {
    let texts = &messages::current().customers.users;
    let path = user_path(found.id);
    let suspension = format!("{path}/suspension");
    let clear = (found.factors.guard() && found.staff.is_none()).then(|| {
        let href = format!("{path}/second-factor");
        view! { <ui::Button href=href variant=ui::ButtonVariant::Secondary>{texts.clear.button}</ui::Button> }
    });
    found.may_manage.then(|| match found.status {
        AccountStatus::Suspended => view! { <ui::Button href=suspension>{texts.reinstate}</ui::Button> }.into_any(),
        AccountStatus::Active | AccountStatus::Deactivated => view! {
            {clear}
            <ui::Button href=format!("{path}/reset") variant=ui::ButtonVariant::Secondary>{texts.reset}</ui::Button>
            <ui::Button href=suspension variant=ui::ButtonVariant::Secondary>{texts.suspend}</ui::Button>
        }
        .into_any(),
    })
}

#[component]
fn Identity(found: PersonDetail) -> impl IntoView {
    let texts = &messages::current().customers.users;
    let verified = found
        .verified
        .map_or_else(|| texts.not_verified.to_owned(), |at| at.text);
    let password = if found.has_password {
        texts.has_password
    } else {
        texts.no_password
    };
    let second_factor = (texts.second_factors)(found.factors);
    view! {
        <ui::Card title=texts.account>
            <ui::KeyValueList>
                <ui::KeyValue label=texts.column_since>
                    <ui::DateTime instant=found.since.iso exact=found.since.text.clone() text=found.since.text/>
                </ui::KeyValue>
                <ui::KeyValue label=texts.verified>{verified}</ui::KeyValue>
                <ui::KeyValue label=texts.password>{password}</ui::KeyValue>
                <ui::KeyValue label=texts.second_factor>{second_factor}</ui::KeyValue>
                <ui::KeyValue label=texts.id><code class="customers-id">{found.id.to_string()}</code></ui::KeyValue>
            </ui::KeyValueList>
        </ui::Card>
    }
}

#[component]
fn Organizations(found: PersonDetail) -> impl IntoView {
    let texts = &messages::current().customers.users;
    if found.organizations.is_empty() {
        return view! {
            <ui::Card title=texts.organizations><p class="muted">{texts.no_organizations}</p></ui::Card>
        }
        .into_any();
    }
    let columns = vec![
        ui::Column::new(texts.column_organization),
        ui::Column::new(texts.column_role),
        ui::Column::new(texts.column_status),
        ui::Column::new(texts.column_joined),
    ];
    let rows = found
        .organizations
        .into_iter()
        .map(|place| view! { <Place place=place/> })
        .collect_view();
    view! {
        <ui::Card title=texts.organizations flush=true>
            <ui::Table caption=texts.organizations columns=columns>{rows}</ui::Table>
        </ui::Card>
    }
    .into_any()
}

#[component]
fn Place(place: PersonPlace) -> impl IntoView {
    let messages = messages::current();
    let (texts, tenants) = (&messages.customers.users, &messages.customers.tenants);
    let (tone, status) = if place.status == MemberStatus::Suspended {
        (ui::Tone::Warning, tenants.member_suspended)
    } else if place.tenant_status == TenantStatus::Active {
        (ui::Tone::Neutral, (messages.people.member_type)(place.member_type))
    } else {
        (ui::Tone::Danger, (tenants.status)(place.tenant_status))
    };
    view! {
        <ui::TableRow>
            <ui::TableCell main=true>
                <ui::Link href=tenant_path(place.id) tone=ui::LinkTone::Quiet>
                    <span class="list-title">{place.name}</span>
                </ui::Link>
                <p class="list-detail">{place.slug}</p>
            </ui::TableCell>
            <ui::TableCell label=texts.column_role>{place.role}</ui::TableCell>
            <ui::TableCell label=texts.column_status><ui::Badge tone=tone>{status}</ui::Badge></ui::TableCell>
            <ui::TableCell label=texts.column_joined>
                <ui::DateTime instant=place.since.iso exact=place.since.text.clone() text=place.since.text/>
            </ui::TableCell>
        </ui::TableRow>
    }
}
