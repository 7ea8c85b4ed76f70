//! One question and its answer, over HTTP.
//!
//! Polar knows no idempotency keys, so what changes something is asked once: only where Polar says that somebody else is
//! changing the same thing has nothing happened, and it is asked again. What reads is asked again whenever Polar is throttling,
//! out of order or not reached. Redirects are not followed: a changed address is a changed setting.

use reqwest::{
    Method, Request, Response,
    header::{AUTHORIZATION, HeaderMap, HeaderValue},
    redirect::Policy,
};
use serde::{Serialize, de::DeserializeOwned};
use tokio::time::{Instant, sleep};
use url::Url;
use uuid::Uuid;

use super::{
    envelope,
    settings::{InvalidSettings, Patience, Settings},
};
use crate::billing::provider::ProviderError;

/// The API is versioned by header; requests and answers are written for this one.
const VERSION: &str = "2026-10";

/// As many as Polar gives at once.
const PER_PAGE: &str = "100";

/// Nobody has as many: whoever answers with more pages is not Polar.
const MOST_PAGES: u32 = 1000;

#[derive(Debug, Clone)]
pub struct Client {
    http: reqwest::Client,
    base: Url,
    patience: Patience,
}

/// Whether a question may be asked again that was perhaps heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Repeat {
    /// It changes nothing, or the same however often it is asked.
    Harmless,
    Harmful,
}

/// Answers of endpoints that give everything page by page.
#[derive(Debug, serde::Deserialize)]
struct Page<T> {
    items: Vec<T>,
    pagination: Pagination,
}

#[derive(Debug, serde::Deserialize)]
struct Pagination {
    /// 0 where there is nothing.
    max_page: u32,
}

impl Client {
    pub fn new(settings: &Settings) -> Result<Self, InvalidSettings> {
        let mut bearer = HeaderValue::from_str(&format!("Bearer {}", settings.token.expose()))
            .map_err(|_| InvalidSettings::Token)?;
        bearer.set_sensitive(true);
        let mut headers = HeaderMap::new();
        headers.insert(AUTHORIZATION, bearer);
        headers.insert("polar-version", HeaderValue::from_static(VERSION));
        let http = reqwest::Client::builder()
            .default_headers(headers)
            .user_agent(format!("plinth/{}", crate::release()))
            .redirect(Policy::none())
            .timeout(settings.patience.request)
            .build()
            .map_err(|error| InvalidSettings::Client(error.to_string()))?;
        Ok(Self {
            http,
            base: settings.environment.base()?,
            patience: settings.patience,
        })
    }

    pub async fn get<T: DeserializeOwned>(&self, path: &[&str]) -> Result<T, ProviderError> {
        let request = self.http.get(self.url(path)).build();
        self.ask(request, Repeat::Harmless).await
    }

    /// Everything, from all pages.
    pub async fn list<T: DeserializeOwned>(
        &self,
        path: &[&str],
        filter: &[(&str, &str)],
    ) -> Result<Vec<T>, ProviderError> {
        let mut all = Vec::new();
        for number in 1..=MOST_PAGES {
            let request = self
                .http
                .get(self.url(path))
                .query(filter)
                .query(&[("limit", PER_PAGE), ("page", &number.to_string())])
                .build();
            let page: Page<T> = self.ask(request, Repeat::Harmless).await?;
            let is_empty = page.items.is_empty();
            all.extend(page.items);
            if is_empty || number >= page.pagination.max_page {
                return Ok(all);
            }
        }
        Err(ProviderError::Malformed("a list that does not end".to_owned()))
    }

    pub async fn post<T: DeserializeOwned>(&self, path: &[&str], body: &impl Serialize) -> Result<T, ProviderError> {
        self.send(Method::POST, path, body, Repeat::Harmful).await
    }

    /// A post that Polar itself finds out to have been there before.
    pub async fn post_repeatable<T: DeserializeOwned>(
        &self,
        path: &[&str],
        body: &impl Serialize,
    ) -> Result<T, ProviderError> {
        self.send(Method::POST, path, body, Repeat::Harmless).await
    }

    pub async fn patch<T: DeserializeOwned>(&self, path: &[&str], body: &impl Serialize) -> Result<T, ProviderError> {
        self.send(Method::PATCH, path, body, Repeat::Harmful).await
    }

    pub async fn delete<T: DeserializeOwned>(&self, path: &[&str]) -> Result<T, ProviderError> {
        let request = self.http.delete(self.url(path)).build();
        self.ask(request, Repeat::Harmful).await
    }

    /// A post that begins something, and whose answer says nothing more.
    pub async fn begin(&self, path: &[&str]) -> Result<(), ProviderError> {
        let request = self.http.post(self.url(path)).build();
        self.receive(request, Repeat::Harmful).await.map(drop)
    }

    async fn send<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &[&str],
        body: &impl Serialize,
        repeat: Repeat,
    ) -> Result<T, ProviderError> {
        let request = self.http.request(method, self.url(path)).json(body).build();
        self.ask(request, repeat).await
    }

    /// Below `/v1`. Routes of collections end in a slash: give them an empty last part.
    fn url(&self, path: &[&str]) -> Url {
        let mut url = self.base.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().push("v1").extend(path);
        }
        url
    }

    async fn ask<T: DeserializeOwned>(
        &self,
        request: reqwest::Result<Request>,
        repeat: Repeat,
    ) -> Result<T, ProviderError> {
        let body = self.receive(request, repeat).await?;
        serde_json::from_slice(&body).map_err(|error| ProviderError::Malformed(error.to_string()))
    }

    /// The body of the answer, asked for as often as it is worth it.
    async fn receive(&self, request: reqwest::Result<Request>, repeat: Repeat) -> Result<Vec<u8>, ProviderError> {
        let request = request.map_err(|error| ProviderError::Malformed(error.without_url().to_string()))?;
        let begun = Instant::now();
        let mut pause = self.patience.first_pause;
        let mut attempt = 1;
        loop {
            let Some(again) = request.try_clone() else {
                return Err(ProviderError::Malformed(
                    "a question that cannot be asked twice".to_owned(),
                ));
            };
            let error = match self.attempt(again).await {
                Ok(body) => return Ok(body),
                Err(error) => error,
            };
            let wait = match error {
                ProviderError::Throttled {
                    retry_after: Some(asked),
                } => asked,
                _ => pause,
            };
            let worth = attempt < self.patience.attempts && begun.elapsed() + wait <= self.patience.total;
            if !(worth && may_ask_again(&error, repeat)) {
                return Err(error);
            }
            // The path has identifiers of the provider only; what is asked for is left out.
            tracing::debug!(method = %request.method(), path = request.url().path(), attempt, %error, "asking the provider again");
            sleep(wait).await;
            attempt += 1;
            pause *= 2;
        }
    }

    async fn attempt(&self, request: Request) -> Result<Vec<u8>, ProviderError> {
        let response: Response = self.http.execute(request).await.map_err(unreachable)?;
        let (status, headers) = (response.status(), response.headers().clone());
        let body = response.bytes().await.map_err(unreachable)?;
        if status.is_success() {
            Ok(body.into())
        } else {
            Err(envelope::error(status, &headers, &body))
        }
    }
}

/// Polar says of `Locked` that nothing has happened, so that holds for whatever was asked.
fn may_ask_again(error: &ProviderError, repeat: Repeat) -> bool {
    match repeat {
        Repeat::Harmless => error.is_passing(),
        Repeat::Harmful => *error == ProviderError::Locked,
    }
}

/// Without the address, which would have what was asked for in it.
fn unreachable(error: reqwest::Error) -> ProviderError {
    let error = error.without_url();
    let kind = if error.is_timeout() {
        "no answer in time"
    } else if error.is_connect() {
        "no connection"
    } else {
        "the answer broke off"
    };
    let cause = std::error::Error::source(&error).map(|cause| format!(" ({cause})"));
    ProviderError::Unavailable(format!("{kind}{}", cause.unwrap_or_default()))
}

/// An identifier as a part of a path. All of Polar's are UUIDs: anything else, such as what somebody typed into an address,
/// would lead to another route, and names nothing.
pub fn part(id: &str) -> Result<&str, ProviderError> {
    Uuid::try_parse(id).map(|_| id).map_err(|_| ProviderError::NotFound)
}
