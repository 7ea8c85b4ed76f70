//! What guards the account besides the password, on its security page.

use domain::{
    actor::UserActor,
    identity::second_factor::overview::{Guards, overview},
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
    staff: bool,
}

impl TwoStep {
    pub async fn of(user: &UserActor) -> contract::error::Result<Self> {
        Ok(Self {
            guards: overview(user, &session::deps()?).await?,
            formatter: Formatter::from(user.person()),
            staff: user.staff().is_some(),
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
    let moment = move |instant| {
        let moment = two_step.formatter.moment(instant);
        view! { <ui::DateTime instant=moment.iso exact=moment.text.clone() text=moment.text/> }
    };
    let remove = (!two_step.staff).then(|| {
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
    let refused = refusal::of::<RenewRecoveryCodes>();
    let again = refusal::wants_sign_in::<RenewRecoveryCodes>()
        .then(|| view! { <SignInAgain next="/account/security".to_owned()/> });
    view! {
        <ui::Card title=texts.title description=texts.on_text>
            <div class="stack">
                <Refusals errors=refused/>
                {again}
                <ul class="list">
                    <li class="list-row">
                        <div class="list-main">
                            <p class="list-title row">
                                <span>{texts.app}</span> <ui::Badge tone=ui::Tone::Success>{texts.on}</ui::Badge>
                            </p>
                            <p class="list-detail">
                                {texts.since} " " {moment(guards.app.since)} " · " {texts.last_used} " "
                                {moment(guards.app.last_used)}
                            </p>
                        </div>
                        <div class="row">
                            <ui::Button
                                href=setup.clone()
                                size=ui::ButtonSize::Small
                                variant=ui::ButtonVariant::Secondary
                            >
                                {texts.replace}
                            </ui::Button>
                            {remove}
                        </div>
                    </li>
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
