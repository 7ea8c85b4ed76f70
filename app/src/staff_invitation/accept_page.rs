//! `/accept-staff-invite`: what the link of an invitation to the staff opens. Looking at it changes nothing.

use contract::{
    Error,
    error::Result,
    staff_invitation::{StaffInvitationState, StaffOffer},
};
use http::{HeaderValue, StatusCode, header::REFERRER_POLICY};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_axum::ResponseOptions;

use super::{
    accept_staff_invitation::AcceptStaffInvitation, join_staff::JoinStaff,
    look_up_staff_invitation::look_up_staff_invitation,
};
use crate::{
    auth::{password_strength::PasswordStrength, sign_out::SignOut},
    form::FormState,
    frame::{auth::AuthPage, platform::HOME},
    messages, page,
    response::set_status,
};

/// The page of a code.
pub fn path(code: &str) -> String {
    page::with_query("/accept-staff-invite", "code", code)
}

#[component]
pub fn AcceptStaffInvitePage() -> impl IntoView {
    // The code stands in the address, and goes nowhere from here, not even to this host.
    if let Some(response) = use_context::<ResponseOptions>() {
        response.insert_header(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    }
    let code = page::query("code");
    page::load(async move {
        match code {
            Some(code) => show(code).await,
            None => Ok(view! { <Over/> }.into_any()),
        }
    })
}

async fn show(code: String) -> Result<AnyView> {
    let texts = messages::current();
    Ok(match look_up_staff_invitation(code.clone()).await {
        Ok(offer) => view! { <Shown code=code offer=offer/> }.into_any(),
        Err(Error::NotFound) => {
            set_status(StatusCode::NOT_FOUND);
            view! { <Over/> }.into_any()
        }
        Err(error @ Error::Throttled { .. }) => {
            set_status(error.status());
            let text = texts.errors.whole(&error);
            view! { <AuthPage title=texts.staff.accept.wait_title description=text><HomeLink/></AuthPage> }.into_any()
        }
        Err(other) => return Err(other),
    })
}

#[component]
fn Shown(code: String, offer: StaffOffer) -> impl IntoView {
    let texts = &messages::current().staff.accept;
    let invites = (texts.text)(&offer.inviter, offer.role);
    match offer.state {
        StaffInvitationState::New => view! { <New code=code email=offer.email invites=invites/> }.into_any(),
        StaffInvitationState::SignedOut => {
            let href = page::sign_in_path(&path(&code));
            view! {
                <AuthPage title=texts.title description=invites>
                    <p>{texts.signed_out_text}</p>
                    <div class="form-actions"><ui::Button href=href>{texts.sign_in}</ui::Button></div>
                </AuthPage>
            }
            .into_any()
        }
        StaffInvitationState::Ready => view! { <Ready code=code email=offer.email invites=invites/> }.into_any(),
        StaffInvitationState::OtherAddress { own } => view! {
            <AuthPage title=texts.other_title description=(texts.other_text)(&offer.email, &own)>
                <form class="form" method="post" action=SignOut::PATH data-pending="">
                    <input type="hidden" name="next" value=path(&code)/>
                    <div class="form-actions"><ui::Button>{texts.switch}</ui::Button></div>
                </form>
                <HomeLink/>
            </AuthPage>
        }
        .into_any(),
        StaffInvitationState::HasOrganizations => view! {
            <AuthPage title=texts.customer_title description=(texts.customer_text)(&offer.email)>
                <div class="form-actions">
                    <ui::Button href="/account/organizations">{texts.customer_action}</ui::Button>
                </div>
            </AuthPage>
        }
        .into_any(),
        StaffInvitationState::AlreadyStaff => view! {
            <AuthPage title=texts.already_title description=texts.already_text>
                <div class="form-actions"><ui::Button href=HOME>{texts.already_action}</ui::Button></div>
            </AuthPage>
        }
        .into_any(),
        StaffInvitationState::Over => view! { <Over/> }.into_any(),
    }
}

#[component]
fn New(code: String, email: String, invites: String) -> impl IntoView {
    let messages = messages::current();
    let (texts, auth) = (&messages.staff.accept, &messages.auth);
    let form = FormState::of::<JoinStaff>();
    let strength = view! { <ui::PasswordStrength url=PasswordStrength::PATH input="password"/> };
    view! {
        <AuthPage title=texts.title description=invites>
            <p class="muted">{texts.new_text}</p>
            <ui::FormErrorSummary title=messages.errors.summary_title errors=form.summary()/>
            <form class="form" method="post" action=JoinStaff::PATH data-pending="">
                <input type="hidden" name="code" value=code/>
                <ui::TextInput
                    name="email"
                    label=auth.email
                    kind=ui::InputKind::Email
                    value=email
                    autocomplete="username"
                    readonly=true
                />
                <ui::TextInput
                    name="name"
                    label=auth.name
                    value=form.value("name")
                    error=form.field_error("name")
                    autocomplete="name"
                    max_length=100
                    required=true
                    autofocus=!form.failed()
                />
                <ui::PasswordInput
                    name="password"
                    label=auth.password
                    show_label=auth.show_password
                    hide_label=auth.hide_password
                    autocomplete="new-password"
                    hint=auth.password_hint
                    error=form.field_error("password")
                    min_length=10
                    strength=strength.into_any()
                />
                <div class="form-actions"><ui::Button>{texts.new_button}</ui::Button></div>
            </form>
        </AuthPage>
    }
}

#[component]
fn Ready(code: String, email: String, invites: String) -> impl IntoView {
    let messages = messages::current();
    let texts = &messages.staff.accept;
    let form = FormState::of::<AcceptStaffInvitation>();
    view! {
        <AuthPage title=texts.title description=invites>
            <ui::FormErrorSummary title=messages.errors.summary_title errors=form.summary()/>
            <p>{(texts.ready_text)(&email)}</p>
            <form class="form" method="post" action=AcceptStaffInvitation::PATH data-pending="">
                <input type="hidden" name="code" value=code/>
                <div class="form-actions"><ui::Button>{texts.ready_button}</ui::Button></div>
            </form>
        </AuthPage>
    }
}

#[component]
fn Over() -> impl IntoView {
    let texts = &messages::current().staff.accept;
    view! {
        <AuthPage title=texts.over_title description=texts.over_text>
            <div class="form-actions"><ui::Button href="/sign-in">{texts.sign_in}</ui::Button></div>
            <HomeLink/>
        </AuthPage>
    }
}

#[component]
fn HomeLink() -> impl IntoView {
    let texts = &messages::current().staff.accept;
    view! { <p class="auth-links"><ui::Link href="/">{texts.home}</ui::Link></p> }
}
