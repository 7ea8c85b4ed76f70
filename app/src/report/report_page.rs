//! `/report`: saying what is wrong, and that it has come.

use contract::reports::{self, ReportedPage};
use domain::reports::screenshot::PictureKind;
use leptos::prelude::*;

use super::{SEND, link};
use crate::{form::FormState, frame::auth::AuthPage, messages, org::post_form::HiddenFields, page, session};

#[component]
pub fn ReportProblemPage() -> impl IntoView {
    page::load(async {
        let from = page::query("page")
            .and_then(|path| ReportedPage::parse(&path))
            .unwrap_or_default();
        let form = FormState::of_path(SEND);
        let sent = page::query("sent").filter(|_| !form.failed());
        if let Some(reference) = sent.as_deref().and_then(reports::request_id) {
            return Ok(view! { <Sent reference=reference.to_owned() from=from/> }.into_any());
        }
        let user = session::maybe_user().await?;
        let who = user.map(|user| user.person().email.clone());
        Ok(view! { <Report form=form from=from who=who/> }.into_any())
    })
}

#[component]
fn Sent(reference: String, from: ReportedPage) -> impl IntoView {
    let texts = &messages::current().reports.sent;
    let back = if from.as_str().is_empty() { "/" } else { from.as_str() }.to_owned();
    let again = link::to(from.as_str(), None, false);
    view! {
        <AuthPage title=texts.title description=(texts.description)(&reference)>
            // The error that the browser had noted is told, and not told again.
            <div class="form-actions" data-reported="">
                <ui::Button href=back>{texts.back}</ui::Button>
                <ui::Button href=again variant=ui::ButtonVariant::Quiet>{texts.another}</ui::Button>
            </div>
        </AuthPage>
    }
}

#[component]
fn Report(form: FormState, from: ReportedPage, who: Option<String>) -> impl IntoView {
    let reports = &messages::current().reports;
    let texts = &reports.send;
    let errors = &messages::current().errors;
    let optional = messages::current().frame.optional;
    let failed = page::query("failed").is_some();
    let request = page::query("request").unwrap_or_default();
    let request = reports::request_id(&request).unwrap_or_default().to_owned();
    let back = from.as_str().to_owned();
    let accept = PictureKind::ALL
        .iter()
        .map(|kind| kind.media_type())
        .collect::<Vec<_>>()
        .join(",");
    let description = if failed {
        texts.description_failed
    } else {
        texts.description
    };
    let noted = form.value("client_error").unwrap_or_default();
    let unnoted = noted.is_empty();
    let hidden = vec![
        ("page", back.clone()),
        ("request", request.clone()),
        ("failed", if failed { "1" } else { "" }.to_owned()),
        ("facts", String::new()),
    ];
    view! {
        <AuthPage title=texts.title description=description wide=true>
            <ui::FormErrorSummary title=errors.summary_title errors=form.summary()/>
            <form class="form form-wide" method="post" action=SEND enctype="multipart/form-data" data-pending="" data-report="">
                <HiddenFields fields=hidden/>
                <ui::Textarea
                    name="note"
                    label=texts.note
                    note=optional
                    hint=texts.note_hint
                    value=form.value_or("note", "")
                    error=form.field_error("note")
                    rows=5
                    max_length=2000
                />
                <ui::FileInput
                    name="screenshot"
                    label=texts.screenshot
                    note=optional
                    hint=texts.screenshot_hint
                    accept=accept
                    error=form.field_error("screenshot")
                />
                // Shown by the script that has noted one.
                <div data-report-error="" hidden=unnoted>
                    <ui::Textarea
                        name="client_error"
                        label=texts.client_error
                        hint=texts.client_error_hint
                        value=noted
                        rows=3
                        max_length=1000
                    />
                </div>
                <Along from=from.as_str().to_owned() request=request who=who/>
                <div class="form-actions"><ui::Button>{texts.button}</ui::Button></div>
            </form>
            {(!back.is_empty()).then(|| view! { <p class="auth-links"><ui::Link href=back>{texts.back}</ui::Link></p> })}
        </AuthPage>
    }
}

/// What a report tells beside what is typed. Who sends it sees it before.
#[component]
fn Along(from: String, request: String, who: Option<String>) -> impl IntoView {
    let reports = &messages::current().reports;
    let texts = &reports.send;
    let browser = session::visitor()
        .map(|visitor| visitor.request().user_agent.clone())
        .unwrap_or_default();
    let shown = |label: &'static str, value: String| {
        (!value.is_empty()).then(|| {
            view! { <ui::KeyValue label=label><span class="report-fact">{value}</span></ui::KeyValue> }
        })
    };
    view! {
        <section class="report-along" aria-labelledby="along">
            <h2 class="small" id="along">{texts.along}</h2>
            <ui::KeyValueList>
                {shown(texts.who, who.unwrap_or_else(|| texts.not_signed_in.to_owned()))}
                {shown(reports.page, from)}
                {shown(reports.browser, browser)}
                {shown(reports.release, domain::release().to_owned())}
                {shown(reports.request, request)}
            </ui::KeyValueList>
        </section>
    }
}
