//! What guards the account besides the password, on its security page.

use domain::{
    actor::UserActor,
    identity::second_factor::{
        last::kept_because,
        overview::{App, Guards, overview},
    },
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{renew_recovery_codes::RenewRecoveryCodes, setup_page};
use crate::{
    format::Formatter,
    messages,
    org::refusal::{self, Refusals, SignInAgain},
    session,
};

/// What the card shows.
pub(crate) struct TwoStep {
    guards: Option<Guards>,
    formatter: Formatter,
    /// Whether they cannot do without a second factor.
    kept: bool,
}

impl TwoStep {
    pub async fn of(user: &UserActor) -> contract::error::Result<Self> {
        let deps = session::deps()?;
        let guards = overview(user, &deps).await?;
        Ok(Self {
            kept: guards.is_some() && kept_because(user, &deps).await?.is_some(),
            guards,
            formatter: Formatter::from(user.person()),
        })
    }
}

#[component]
pub(crate) fn TwoStepCard(two_step: TwoStep) -> impl IntoView {
    let texts = &messages::current().second_factor.card;
    let setup = setup_page::path(None);
    let Some(guards) = two_step.guards else {
        return view! {
            <ui::Card title=texts.title description=texts.off_text>
                <div class="form-actions">
                    <ui::Button href=setup icon=ui::IconName::Shield>{texts.set_up}</ui::Button>
                </div>
            </ui::Card>
        }
        .into_any();
    };
    let app = match guards.app {
        Some(app) => {
            let removable = !two_step.kept || !guards.passkeys.is_empty();
            view! { <AppRow app=app formatter=two_step.formatter removable=removable/> }.into_any()
        }
        None => view! {
            <li class="list-row">
                <div class="list-main">
                    <p class="list-title">{texts.app}</p>
                    <p class="list-detail">{texts.no_app}</p>
                </div>
                <ui::Button href=setup size=ui::ButtonSize::Small variant=ui::ButtonVariant::Secondary>
                    {texts.set_up}
                </ui::Button>
            </li>
        }
        .into_any(),
    };
    let refused = refusal::of::<RenewRecoveryCodes>();
    let again = refusal::wants_sign_in::<RenewRecoveryCodes>()
        .then(|| view! { <SignInAgain next="/account/security".to_owned()/> });
    view! {
        <ui::Card title=texts.title description=texts.on_text>
            <div class="stack">
                <Refusals errors=refused/>
                {again}
                <ul class="list">
                    {app}
                    <li class="list-row">
                        <div class="list-main">
                            <p class="list-title">{texts.codes}</p>
                            <p class="list-detail">{(texts.codes_left)(guards.codes_left)}</p>
                        </div>
                        <form method="post" action=RenewRecoveryCodes::PATH data-pending="">
                            <ui::Button size=ui::ButtonSize::Small variant=ui::ButtonVariant::Secondary>
                                {texts.renew}
                            </ui::Button>
                        </form>
                    </li>
                </ul>
            </div>
        </ui::Card>
    }
    .into_any()
}

#[component]
fn AppRow(app: App, formatter: Formatter, removable: bool) -> impl IntoView {
    let texts = &messages::current().second_factor.card;
    let setup = setup_page::path(None);
    let moment = move |instant| {
        let moment = formatter.moment(instant);
        view! { <ui::DateTime instant=moment.iso exact=moment.text.clone() text=moment.text/> }
    };
    let remove = removable.then(|| {
        view! {
            <ui::Button
                href=format!("{setup}/remove")
                size=ui::ButtonSize::Small
                variant=ui::ButtonVariant::Quiet
            >
                {texts.remove}
            </ui::Button>
        }
    });
    view! {
        <li class="list-row">
            <div class="list-main">
                <p class="list-title row">
                    <span>{texts.app}</span> <ui::Badge tone=ui::Tone::Success>{texts.on}</ui::Badge>
                </p>
                <p class="list-detail">
                    {texts.since} " " {moment(app.since)} " · " {texts.last_used} " " {moment(app.last_used)}
                </p>
            </div>
            <div class="row">
                <ui::Button href=setup.clone() size=ui::ButtonSize::Small variant=ui::ButtonVariant::Secondary>
                    {texts.replace}
                </ui::Button>
                {remove}
            </div>
        </li>
    }
}
