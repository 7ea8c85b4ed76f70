//! Inviting people: a box to paste addresses into, what they are offered, and what became of them.

use contract::{
    Error,
    error::Limit,
    iam::{MemberType, Permission},
    invitation::{InviteChoices, InviteReport, OfferedRole},
    people::{SeatState, Seats},
    tenant::TenantStatus,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    copy_invitation_link::CopyInvitationLink, invite_choices::invite_choices, invite_people::InvitePeople,
    invite_report::invite_report, invite_result::InviteResult, revoke_invitation::RevokeInvitation, view::people_path,
};
use crate::{
    form::FormState,
    frame::org::{Section, org_page},
    messages,
    org::{
        post_form::HiddenFields,
        refusal::{self, Refusals, SignInAgain},
        upgrade::{UpgradePrompt, in_the_way},
    },
    page::{self, PageTitle},
    session,
};

#[component]
pub fn InvitePage() -> impl IntoView {
    org_page(Section::People, |organization| async move {
        if !organization.permissions.contains(Permission::MembersInvite) {
            return Err(Error::Forbidden);
        }
        let slug = organization.slug.to_string();
        let texts = &messages::current().invite;
        let people = people_path(&organization);
        let choices = invite_choices(slug.clone()).await?;
        let report = match page::query("batch") {
            Some(batch) => match invite_report(slug.clone(), batch).await {
                // It is kept for a day: afterwards the page of people tells.
                Err(Error::NotFound) => None,
                other => Some(other?),
            },
            None => None,
        };
        let breadcrumb = people.clone().map(|people| {
            let crumbs = vec![ui::Crumb::link(texts.people, people), ui::Crumb::here(texts.title)];
            view! { <ui::Breadcrumb label=messages::current().frame.breadcrumb crumbs=crumbs/> }
        });
        let form = if let Some(error) =
            in_the_way(&organization).filter(|_| organization.status == TenantStatus::Active)
        {
            let told = FormState::of::<InvitePeople>().failed();
            (!told)
                .then(|| view! { <UpgradePrompt organization=organization.clone() error=error/> })
                .into_any()
        } else if organization.status == TenantStatus::Active {
            let stale =
                session::org(&slug).await?.is_owner() && !session::user().await?.signed_in_recently(&session::deps()?);
            view! { <InviteForm slug=slug.clone() people=people.clone() choices=choices.clone() report=report.clone() stale=stale/> }
                .into_any()
        } else {
            view! { <Inactive people=people.clone()/> }.into_any()
        };
        // What was just refused for want of a seat is said around the page.
        let full =
            no_seat(&choices).filter(|_| organization.is_open_for_work() && !FormState::of::<InvitePeople>().failed());
        let refusals = [refusal::of::<CopyInvitationLink>(), refusal::of::<RevokeInvitation>()].concat();
        Ok(view! {
            <PageTitle text=texts.title/>
            <ui::PageHeader title=texts.title description=texts.description breadcrumb=breadcrumb.into_any()/>
            <Refusals errors=refusals/>
            {report.map(|report| view! { <InviteResult slug=slug people=people report=report/> })}
            <SeatsLeft choices=choices.clone()/>
            {full.map(|error| view! { <UpgradePrompt organization=organization error=error/> })}
            {form}
        }
        .into_any())
    })
}

#[component]
fn Inactive(people: Option<String>) -> impl IntoView {
    let messages = messages::current();
    let texts = &messages.invite;
    let back = people.map(|people| {
        view! { <ui::Button href=people variant=ui::ButtonVariant::Secondary>{texts.back_to_people}</ui::Button> }
    });
    view! {
        <ui::EmptyState title=texts.inactive_title text=messages.frame.inactive_banner icon=ui::IconName::Info>
            {back}
        </ui::EmptyState>
    }
}

/// Once the plan has no seat left for another member.
fn no_seat(choices: &InviteChoices) -> Option<Error> {
    let seats = choices.seats.members;
    let allowed = seats.allowed.filter(|allowed| seats.used >= *allowed)?;
    Some(Error::LimitReached {
        limit: Limit::Members,
        used: seats.used,
        allowed,
    })
}

/// What the plan leaves of each class. Without a limit there is nothing to say.
#[component]
fn SeatsLeft(choices: InviteChoices) -> impl IntoView {
    let texts = &messages::current().invite;
    let meter = |label: &'static str, seats: Seats| {
        seats.allowed.map(|allowed| {
            let hint = match seats.state() {
                SeatState::Free => texts.seats_count,
                SeatState::AtLimit => texts.seats_full,
                SeatState::Over => texts.seats_over,
            };
            view! {
                <ui::Meter
                    label=label
                    value=u64::from(seats.used)
                    max=u64::from(allowed)
                    text=(texts.seats_of)(seats.used, allowed)
                    hint=hint
                />
            }
        })
    };
    view! {
        <div class="grid-2">
            {meter(texts.seats_members, choices.seats.members)} {meter(texts.seats_guests, choices.seats.guests)}
        </div>
    }
}

/// With `stale` for an owner whose sign-in is too long ago to make another one.
#[component]
fn InviteForm(
    slug: String,
    people: Option<String>,
    choices: InviteChoices,
    report: Option<InviteReport>,
    stale: bool,
) -> impl IntoView {
    let texts = &messages::current().invite;
    let errors = &messages::current().errors;
    let form = FormState::of::<InvitePeople>();
    // What is worth another try stands in the box again, and before it what has not been tried yet.
    let again = report.map(|report| {
        let refused = report
            .rows
            .into_iter()
            .filter(|row| row.outcome.worth_another_try())
            .map(|row| row.typed);
        report.rest.into_iter().chain(refused).collect::<Vec<_>>().join("\n")
    });
    let kind = form.value_or("member_type", MemberType::Member.key());
    let types = vec![
        ui::RadioOption::new(MemberType::Member.key(), texts.as_member).hint(texts.as_member_hint),
        ui::RadioOption::new(MemberType::Guest.key(), texts.as_guest).hint(texts.as_guest_hint),
    ];
    let cancel = people.map(|people| {
        view! { <ui::Button href=people variant=ui::ButtonVariant::Quiet>{texts.cancel}</ui::Button> }
    });
    let sign_in_first = stale.then(|| {
        view! {
            <ui::Banner tone=ui::Tone::Info>{texts.owner_sign_in}</ui::Banner>
            <SignInAgain next=format!("/o/{slug}/people/invite")/>
        }
    });
    view! {
        {sign_in_first}
        <ui::Card>
            <form class="form form-wide invite-form" method="post" action=InvitePeople::PATH data-pending="">
                <ui::FormErrorSummary title=errors.summary_title errors=form.summary()/>
                <HiddenFields fields=vec![("org", slug)]/>
                <ui::Textarea
                    name="addresses"
                    label=texts.addresses
                    hint=texts.addresses_hint
                    value=form.value("addresses").or(again)
                    error=form.field_error("addresses")
                    rows=6
                    required=true
                />
                <ui::RadioGroup
                    name="member_type"
                    legend=texts.member_type
                    options=types
                    selected=kind
                    error=form.field_error("member_type")
                    cards=true
                />
                <Role form=form.clone() roles=choices.roles.clone()/>
                <ForGuests form=form choices=choices/>
                <div class="form-actions">
                    <ui::Button icon=ui::IconName::Mail>{texts.send}</ui::Button>
                    {cancel}
                </div>
            </form>
        </ui::Card>
    }
}

/// The least that works comes first in people's minds: a member, a guest.
fn options(roles: &[OfferedRole]) -> Vec<ui::SelectOption> {
    roles
        .iter()
        .map(|role| ui::SelectOption::new(role.id.to_string(), role.name.clone()))
        .collect()
}

#[component]
fn Role(form: FormState, roles: Vec<OfferedRole>) -> impl IntoView {
    let texts = &messages::current().invite;
    let usual = roles
        .iter()
        .find(|role| role.name == contract::iam::DefaultRole::Member.name());
    let selected = form.value("role").or_else(|| usual.map(|role| role.id.to_string()));
    view! {
        <div class="invite-members">
            <ui::Select
                name="role"
                label=texts.role
                options=options(&roles)
                selected=selected
                hint=texts.role_hint
                error=form.field_error("role")
            />
        </div>
    }
}

#[component]
fn ForGuests(form: FormState, choices: InviteChoices) -> impl IntoView {
    let texts = &messages::current().invite;
    let roles: Vec<OfferedRole> = choices.roles.into_iter().filter(|role| role.for_guests).collect();
    let selected = form
        .value("guest_role")
        .or_else(|| roles.first().map(|role| role.id.to_string()));
    let workspaces = choices
        .workspaces
        .into_iter()
        .map(|one| (one.id.to_string(), one.name))
        .collect();
    let projects = choices
        .projects
        .into_iter()
        .map(|one| (one.id.to_string(), one.name))
        .collect();
    view! {
        <fieldset class="invite-guests stack">
            <legend>{texts.for_guests}</legend>
            <p class="small muted">{texts.for_guests_text}</p>
            <ui::Select name="guest_role" label=texts.guest_role options=options(&roles) selected=selected/>
            <Given name="workspaces[]" legend=texts.workspaces none=texts.no_workspaces things=workspaces/>
            <Given name="projects[]" legend=texts.projects none=texts.no_projects things=projects/>
        </fieldset>
    }
}

/// What can be shown to guests, by id and name.
#[component]
fn Given(name: &'static str, legend: &'static str, none: &'static str, things: Vec<(String, String)>) -> impl IntoView {
    if things.is_empty() {
        return view! { <p class="small muted">{none}</p> }.into_any();
    }
    let boxes = things
        .into_iter()
        .map(|(id, label)| view! { <ui::Checkbox name=name value=id.clone() id=id>{label}</ui::Checkbox> })
        .collect_view();
    view! {
        <fieldset class="invite-given">
            <legend>{legend}</legend>
            {boxes}
        </fieldset>
    }
    .into_any()
}
