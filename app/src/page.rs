//! What every page does: wait for its data, then show it or say why it cannot be shown.

use std::future::Future;

use contract::{Error, error::Result};
use http::{StatusCode, request::Parts};
use leptos::{prelude::*, reactive::computed::ScopedFuture};
use leptos_meta::Title;

use crate::{
    frame::platform,
    messages,
    report::link,
    response::{redirect_to, say_when, set_status},
    session,
};

/// The view of data that is still on its way. The response waits for it, so that the status is right and nothing flickers.
pub fn load(view: impl Future<Output = Result<AnyView>> + Send + 'static) -> AnyView {
    Suspend::new(ScopedFuture::new(async move {
        match view.await {
            Ok(view) => view,
            Err(error) => failed_alone(&error),
        }
    }))
    .into_any()
}

/// The title as the browser's tab shows it.
#[component]
pub fn PageTitle(#[prop(into)] text: String) -> impl IntoView {
    let messages = messages::current();
    let product = messages.frame.product;
    // Tabs of a visit are told from one's own.
    let text = match crate::frame::visit::title_mark() {
        Some(mark) => format!("{mark} · {text}"),
        None => text,
    };
    view! { <Title text=format!("{text} · {product}")/> }
}

/// The path and query that was asked for.
pub fn requested() -> String {
    use_context::<Parts>()
        .and_then(|parts| parts.uri.path_and_query().map(ToString::to_string))
        .unwrap_or_else(|| "/".to_owned())
}

/// One value of the query, decoded.
pub fn query(name: &str) -> Option<String> {
    let parts = use_context::<Parts>()?;
    let query = parts.uri.query()?;
    url_pairs(query).find(|(key, _)| key == name).map(|(_, value)| value)
}

/// The whole query, as it was asked for.
pub fn query_string() -> String {
    use_context::<Parts>()
        .and_then(|parts| parts.uri.query().map(str::to_owned))
        .unwrap_or_default()
}

fn url_pairs(query: &str) -> impl Iterator<Item = (String, String)> {
    url::form_urlencoded::parse(query.as_bytes())
        .into_owned()
        .collect::<Vec<_>>()
        .into_iter()
}

/// A path with one value in its query, encoded.
pub fn with_query(path: &str, name: &str, value: &str) -> String {
    let query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair(name, value)
        .finish();
    format!("{path}?{query}")
}

/// Where somebody is sent to sign in, and to come back from.
pub fn sign_in_path(next: &str) -> String {
    with_query("/sign-in", "next", next)
}

/// Where somebody signs in once more, because the last time is too long ago for what they want to do.
pub fn sign_in_again_path(next: &str) -> String {
    format!("{}&again", sign_in_path(next))
}

/// Where somebody proves a second factor, or sets one up, and comes back from.
pub fn second_factor_path(next: &str) -> String {
    with_query("/second-factor", "next", next)
}

/// The same for what takes a proof of its own, however short ago the last one was.
pub fn second_factor_again_path(next: &str) -> String {
    format!("{}&again", second_factor_path(next))
}

/// The same without a frame around it.
pub fn failed_alone(error: &Error) -> AnyView {
    view! { <main class="page-alone">{failed(error)}</main> }.into_any()
}

/// The page that stands in for one that cannot be shown. Each says what to do next.
pub fn failed(error: &Error) -> AnyView {
    let texts = &messages::current().errors;
    let (title, text) = match error {
        Error::Unauthenticated => {
            redirect_to(&sign_in_path(&requested()));
            return ().into_any();
        }
        Error::EmailUnverified => {
            redirect_to("/verify-email");
            return ().into_any();
        }
        Error::SecondFactorRequired => {
            redirect_to(&second_factor_path(&requested()));
            return ().into_any();
        }
        Error::Forbidden if requested().starts_with(platform::HOME) => {
            (texts.forbidden_title, texts.forbidden_staff_text)
        }
        Error::Forbidden if crate::frame::visit::is_let_in() => {
            let support = &messages::current().support.bar;
            (support.beyond_title, support.beyond_text)
        }
        Error::Forbidden => (texts.forbidden_title, texts.forbidden_text),
        Error::NotInVisit => (texts.forbidden_title, texts.not_in_visit_text),
        Error::NotFound | Error::Invalid(_) => (texts.not_found_title, texts.not_found_text),
        Error::Unavailable => (texts.unavailable_title, texts.unavailable_text),
        Error::Maintenance { .. } => (texts.maintenance_title, texts.maintenance_text),
        _ => (texts.failed_title, texts.failed_text),
    };
    let status = if matches!(error, Error::Invalid(_)) {
        StatusCode::NOT_FOUND
    } else {
        error.status()
    };
    set_status(status);
    say_when(error);
    let reference = session::request_id();
    // What is not there, or not theirs, is none of ours to look up.
    let reference = (status.is_server_error() && !reference.is_empty()).then(|| {
        let text = (texts.reference)(&reference);
        view! { <p class="small muted page-reference">{text}</p> }
    });
    let report = link::from_failure().map(|href| {
        view! {
            <ui::Button href=href variant=ui::ButtonVariant::Quiet>{messages::current().reports.report}</ui::Button>
        }
    });
    let retry = matches!(error, Error::Unavailable | Error::Internal | Error::Maintenance { .. });
    view! {
        <PageTitle text=title/>
        <div class="page-failed">
            <ui::EmptyState title=title text=text icon=ui::IconName::Info level=1>
                {if retry {
                    view! { <ui::Button href=requested()>{texts.try_again}</ui::Button> }.into_any()
                } else {
                    view! { <ui::Button href="/" variant=ui::ButtonVariant::Secondary>{texts.home}</ui::Button> }.into_any()
                }}
                {report}
            </ui::EmptyState>
            {reference}
        </div>
    }
    .into_any()
}
