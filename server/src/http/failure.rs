//! Answers nobody gave: a panic, a timeout, a refusal by a layer. Each gets words for people or JSON for programs, and none
//! says more than its kind.

use std::{any::Any, panic::AssertUnwindSafe, sync::Arc};

use app::{assets::Assets, messages};
use axum::{
    Json,
    extract::{Request, State},
    http::{
        HeaderValue, StatusCode,
        header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE},
    },
    middleware::Next,
    response::{Html, IntoResponse, Response},
};
use contract::Error;
use futures::FutureExt;
use leptos::prelude::*;

use super::{accept, security_headers};

/// The pages of failures, drawn ahead of time: when one is needed, little can be relied upon.
#[derive(Debug, Clone)]
pub struct Failures(Arc<Pages>);

#[derive(Debug)]
struct Pages {
    not_found: String,
    failed: String,
    unavailable: String,
}

impl Failures {
    pub fn new(state: &super::State) -> Self {
        let texts = &messages::of(contract::preferences::Locale::default()).errors;
        let page = |title, text: &str| document(&state.assets, title, text.to_owned(), ("/", texts.home));
        Self(Arc::new(Pages {
            not_found: page(texts.not_found_title, texts.not_found_text),
            failed: page(texts.failed_title, texts.failed_text),
            unavailable: page(texts.unavailable_title, texts.unavailable_text),
        }))
    }

    fn answer(&self, status: StatusCode, html: bool) -> Response {
        let (error, page) = match status {
            StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => (Error::NotFound, &self.0.not_found),
            StatusCode::FORBIDDEN => (Error::Forbidden, &self.0.failed),
            StatusCode::SERVICE_UNAVAILABLE => (Error::Unavailable, &self.0.unavailable),
            status if status.is_client_error() => (Error::Invalid(Vec::new()), &self.0.failed),
            _ => (Error::Internal, &self.0.failed),
        };
        if html {
            let policy = HeaderValue::from_static(security_headers::PAGE_WITHOUT_SCRIPT);
            (status, [(CONTENT_SECURITY_POLICY, policy)], Html(page.clone())).into_response()
        } else {
            (status, Json(error)).into_response()
        }
    }
}

/// A whole page of a few words, and one way on. It needs nothing but the stylesheet.
pub(super) fn document(
    assets: &Assets,
    title: &'static str,
    text: String,
    (href, label): (&'static str, &'static str),
) -> String {
    let style = assets.url("main.css");
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
                        </ui::EmptyState>
                    </main>
                </body>
            </html>
        }
    };
    Owner::new_root(None).with(|| page().to_html())
}

/// Catches what falls, and gives words to errors that have none.
pub async fn explain(State(failures): State<Failures>, request: Request, next: Next) -> Response {
    let html = accept::html(request.headers()) && !request.uri().path().starts_with("/api/v");
    let answered = AssertUnwindSafe(async move { next.run(request).await })
        .catch_unwind()
        .await;
    let response = match answered {
        Ok(response) => response,
        Err(panic) => {
            tracing::error!(panic = words(&*panic), "a request panicked");
            return failures.answer(StatusCode::INTERNAL_SERVER_ERROR, html);
        }
    };
    let status = response.status();
    let wordless =
        (status.is_client_error() || status.is_server_error()) && !response.headers().contains_key(CONTENT_TYPE);
    if !wordless {
        return response;
    }
    let mut answer = failures.answer(status, html);
    for (name, value) in response.headers() {
        if !answer.headers().contains_key(name) && name != axum::http::header::CONTENT_LENGTH {
            answer.headers_mut().append(name, value.clone());
        }
    }
    answer
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
        let pages = Pages {
            not_found: "gone".into(),
            failed: "failed".into(),
            unavailable: "later".into(),
        };
        Router::new()
            .route("/falls", get(falls))
            .route("/late", get(|| async { StatusCode::SERVICE_UNAVAILABLE }))
            .route("/worded", get(|| async { (StatusCode::NOT_FOUND, "own words") }))
            .layer(middleware::from_fn_with_state(Failures(Arc::new(pages)), explain))
    }

    async fn ask(path: &str, accept: &str) -> (StatusCode, String) {
        let request = Request::get(path).header("accept", accept).body(Body::empty()).unwrap();
        let response = router().oneshot(request).await.unwrap();
        let status = response.status();
        let body = to_bytes(response.into_body(), 10_000).await.unwrap();
        (status, String::from_utf8(body.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn a_panic_is_a_500_that_tells_nothing() {
        let people = ask("/falls", "text/html").await;
        assert_eq!(people, (StatusCode::INTERNAL_SERVER_ERROR, "failed".to_owned()));
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
    }
}
