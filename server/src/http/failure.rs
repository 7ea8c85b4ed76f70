//! Answers nobody gave: a panic, a timeout, a refusal by a layer. Each gets words for people or JSON for programs, and none
//! says more than its kind.

use std::{any::Any, panic::AssertUnwindSafe, sync::Arc};

use app::{assets::Assets, messages, shell::BarInDoubt};
use axum::{
    Json,
    extract::{Request, State},
    http::{
        HeaderMap, HeaderValue, StatusCode,
        header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE},
    },
    middleware::Next,
    response::{Html, IntoResponse, Response},
};
use contract::Error;
use futures::FutureExt;
use leptos::prelude::*;
use url::form_urlencoded::byte_serialize;

use super::{accept, cookies, request_id, security_headers};

/// The pages of failures, drawn ahead of time: when one is needed, little can be relied upon.
#[derive(Debug, Clone)]
pub struct Failures(Arc<Pages>);

#[derive(Debug)]
struct Pages {
    not_found: Page,
    too_large: Page,
    failed: Page,
    unavailable: Page,
    insecure_cookies: bool,
}

/// Without the bar of a visit, and with it: nobody can be asked any more what the browser is on, so that its cookie decides.
#[derive(Debug)]
struct Page {
    plain: String,
    on_visit: String,
}

impl Page {
    fn drawn(draw: impl Fn(bool) -> String) -> Self {
        Self {
            plain: draw(false),
            on_visit: draw(true),
        }
    }
}

impl Failures {
    pub fn new(state: &super::State) -> Self {
        let messages = messages::of(contract::preferences::Locale::default());
        let texts = &messages.errors;
        let page = |title, text: &str, reference: bool| {
            Page::drawn(|on_visit| {
                let reference = reference.then(|| (texts.reference)(REQUEST));
                let report = (messages.reports.report, reference);
                let way_on = ("/", texts.home);
                document(&state.assets, title, text.to_owned(), way_on, Some(report), on_visit)
            })
        };
        Self(Arc::new(Pages {
            not_found: page(texts.not_found_title, texts.not_found_text, false),
            too_large: page(texts.too_large_title, texts.too_large_text, false),
            failed: page(texts.failed_title, texts.failed_text, true),
            unavailable: page(texts.unavailable_title, texts.unavailable_text, true),
            insecure_cookies: state.settings.insecure_cookies,
        }))
    }

    /// Of a word each.
    #[cfg(test)]
    pub fn for_tests() -> Self {
        let page = |words: &str| {
            Page::drawn(|on_visit| {
                let bar = if on_visit { ", on a visit" } else { "" };
                format!("{words}{bar}")
            })
        };
        Self(Arc::new(Pages {
            not_found: page("gone"),
            too_large: page("less"),
            failed: page(&format!("failed at {PATH}")),
            unavailable: page("later"),
            insecure_cookies: true,
        }))
    }

    fn answer(&self, status: StatusCode, asked: &Asked) -> Response {
        let (error, page) = match status {
            StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => (Error::NotFound, &self.0.not_found),
            StatusCode::FORBIDDEN => (Error::Forbidden, &self.0.failed),
            StatusCode::PAYLOAD_TOO_LARGE => (Error::Invalid(Vec::new()), &self.0.too_large),
            StatusCode::SERVICE_UNAVAILABLE => (Error::Unavailable, &self.0.unavailable),
            status if status.is_client_error() => (Error::Invalid(Vec::new()), &self.0.failed),
            _ => (Error::Internal, &self.0.failed),
        };
        if asked.html {
            let policy = HeaderValue::from_static(security_headers::PAGE_WITHOUT_SCRIPT);
            (
                status,
                [(CONTENT_SECURITY_POLICY, policy)],
                Html(asked.written_into(page)),
            )
                .into_response()
        } else {
            (status, Json(error)).into_response()
        }
    }
}

/// Where the request's path and name go in the pages that are drawn ahead. The characters are for private use: no text of ours
/// has them.
const PATH: &str = "\u{E010}";
const REQUEST: &str = "\u{E011}";

/// What a page of a failure tells of the request that failed.
struct Asked {
    html: bool,
    on_visit: bool,
    path: String,
    id: String,
}

impl Asked {
    fn of(request: &Request, insecure_cookies: bool) -> Self {
        let path = request.uri().path();
        Self {
            html: accept::html(request.headers()) && !path.starts_with("/api/v"),
            on_visit: cookies::visit(request.headers(), insecure_cookies).is_some(),
            path: byte_serialize(path.as_bytes()).collect(),
            id: request_id::of(request),
        }
    }

    /// Both are of letters that mean nothing in a page.
    fn written_into(&self, page: &Page) -> String {
        let page = if self.on_visit { &page.on_visit } else { &page.plain };
        page.replace(PATH, &self.path).replace(REQUEST, &self.id)
    }
}

/// A whole page of a few words, and one way on. It needs nothing but the stylesheet. `report` is the label of the way to report
/// it, and under which name it is found in the log. `on_visit` puts up the bar for a browser that may be on a visit.
pub(super) fn document(
    assets: &Assets,
    title: &'static str,
    text: String,
    (href, label): (&'static str, &'static str),
    report: Option<(&'static str, Option<String>)>,
    on_visit: bool,
) -> String {
    let style = assets.url("main.css");
    let (report, reference) = report.unzip();
    let reference = reference.flatten();
    let page = move || {
        view! {
            <!DOCTYPE html>
            <html lang="en">
                <head>
                    <meta charset="utf-8"/>
                    <meta name="viewport" content="width=device-width, initial-scale=1"/>
                    <meta name="color-scheme" content="light dark"/>
                    <title>{title}</title>
                    <link rel="stylesheet" href=style/>
                </head>
                <body>
                    <main class="page-alone">
                        <ui::EmptyState title=title text=text icon=ui::IconName::Info level=1>
                            <ui::Button href=href variant=ui::ButtonVariant::Secondary>{label}</ui::Button>
                            {report.map(|label| {
                                let href = format!("/report?page={PATH}&request={REQUEST}&failed=1");
                                view! { <ui::Button href=href variant=ui::ButtonVariant::Quiet>{label}</ui::Button> }
                            })}
                        </ui::EmptyState>
                        {reference.map(|text| view! { <p class="small muted page-reference">{text}</p> })}
                    </main>
                    {on_visit.then(|| view! { <BarInDoubt/> })}
                </body>
            </html>
        }
    };
    Owner::new_root(None).with(|| page().to_html())
}

/// Catches what falls, and gives words to errors that have none.
pub async fn explain(State(failures): State<Failures>, request: Request, next: Next) -> Response {
    let asked = Asked::of(&request, failures.0.insecure_cookies);
    let answered = AssertUnwindSafe(async move { next.run(request).await })
        .catch_unwind()
        .await;
    let response = match answered {
        Ok(response) => response,
        Err(panic) => {
            tracing::error!(panic = words(&*panic), "a request panicked");
            return failures.answer(StatusCode::INTERNAL_SERVER_ERROR, &asked);
        }
    };
    let status = response.status();
    if !is_wordless(status, response.headers()) {
        return response;
    }
    let mut answer = failures.answer(status, &asked);
    for (name, value) in response.headers() {
        // Those two are of the words that were there before.
        if !answer.headers().contains_key(name) && ![CONTENT_LENGTH, CONTENT_ENCODING].contains(name) {
            answer.headers_mut().append(name, value.clone());
        }
    }
    answer
}

/// Whether an error has no words. What a layer writes about too much is for programmers, and counts as none.
fn is_wordless(status: StatusCode, headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE);
    if status == StatusCode::PAYLOAD_TOO_LARGE {
        return kind.is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"));
    }
    (status.is_client_error() || status.is_server_error()) && kind.is_none()
}

/// For the log only.
fn words(panic: &(dyn Any + Send)) -> &str {
    panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("no words")
}

#[cfg(test)]
mod tests {
    use axum::{
        Router,
        body::{Body, to_bytes},
        middleware,
        routing::get,
    };
    use tower::ServiceExt;

    use super::*;

    async fn falls() -> StatusCode {
        panic!("the secret is 42")
    }

    fn router() -> Router {
        Router::new()
            .route("/falls", get(falls))
            .route("/late", get(|| async { StatusCode::SERVICE_UNAVAILABLE }))
            .route("/worded", get(|| async { (StatusCode::NOT_FOUND, "own words") }))
            .route(
                "/heavy",
                get(|| async { (StatusCode::PAYLOAD_TOO_LARGE, "length limit exceeded") }),
            )
            .layer(middleware::from_fn_with_state(Failures::for_tests(), explain))
    }

    async fn ask(path: &str, accept: &str) -> (StatusCode, String) {
        ask_with("plinth_theme=dark", path, accept).await
    }

    async fn ask_with(cookie: &str, path: &str, accept: &str) -> (StatusCode, String) {
        let request = Request::get(path)
            .header("accept", accept)
            .header("cookie", cookie)
            .body(Body::empty())
            .unwrap();
        let response = router().oneshot(request).await.unwrap();
        let status = response.status();
        let body = to_bytes(response.into_body(), 10_000).await.unwrap();
        (status, String::from_utf8(body.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn a_panic_is_a_500_that_tells_nothing() {
        let people = ask("/falls", "text/html").await;
        let told = "failed at %2Ffalls".to_owned();
        assert_eq!(people, (StatusCode::INTERNAL_SERVER_ERROR, told));
        let programs = ask("/falls", "application/json").await;
        assert_eq!(programs, (StatusCode::INTERNAL_SERVER_ERROR, "\"Internal\"".to_owned()));
    }

    #[tokio::test]
    async fn an_error_without_words_gets_some_and_one_with_words_keeps_them() {
        assert_eq!(
            ask("/late", "text/html").await,
            (StatusCode::SERVICE_UNAVAILABLE, "later".to_owned())
        );
        assert_eq!(
            ask("/worded", "text/html").await,
            (StatusCode::NOT_FOUND, "own words".to_owned())
        );
        assert_eq!(
            ask("/heavy", "text/html").await,
            (StatusCode::PAYLOAD_TOO_LARGE, "less".to_owned())
        );
    }

    #[tokio::test]
    async fn whoever_may_be_on_a_visit_is_told_so_by_every_page_of_a_failure() {
        for (path, words) in [
            ("/falls", "failed at %2Ffalls"),
            ("/late", "later"),
            ("/heavy", "less"),
            ("/no", "gone"),
        ] {
            let (_, visitor) = ask_with("plinth_visit=secret", path, "text/html").await;
            assert_eq!(visitor, format!("{words}, on a visit"));
            for cookie in ["plinth_visit=", "plinth_session=secret"] {
                assert_eq!(ask_with(cookie, path, "text/html").await.1, words, "{cookie}");
            }
        }
    }
}
