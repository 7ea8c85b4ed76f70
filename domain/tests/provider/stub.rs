//! A provider that answers what it is told, in this order, and remembers what it was asked.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::State,
    http::{HeaderMap, Method, StatusCode, Uri},
    response::Response,
};
use domain::billing::provider::polar::{Environment, Patience, Polar, Settings, SigningSecret, Token};
use serde_json::{Value, json};

pub const TOKEN: &str = "polar_oat_0123456789abcdefghijklmnopqrstuvwxyzSECRET";
pub const SECRET: &str = "whsec_ovyN6cPrTv56AApvzCaJno08SSmGJmgbWilb33N2JuK";

/// One question.
#[derive(Debug, Clone)]
pub struct Asked {
    pub method: Method,
    /// With what is asked for, as in `/v1/products/?page=1`.
    pub path: String,
    pub headers: HeaderMap,
    /// Null where there was none.
    pub body: Value,
}

/// One answer.
#[derive(Debug, Clone)]
pub enum Answer {
    Json(u16, Value),
    /// A status, a header, and no body.
    Bare(u16, Option<(&'static str, &'static str)>),
    /// None, ever.
    Silence,
}

#[derive(Debug, Default)]
struct Script {
    answers: VecDeque<Answer>,
    asked: Vec<Asked>,
}

#[derive(Debug, Clone)]
pub struct Stub {
    base: String,
    script: Arc<Mutex<Script>>,
}

impl Stub {
    pub async fn answering(answers: impl IntoIterator<Item = Answer>) -> Self {
        let script = Arc::new(Mutex::new(Script {
            answers: answers.into_iter().collect(),
            asked: Vec::new(),
        }));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new().fallback(answer).with_state(Arc::clone(&script));
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { base, script }
    }

    pub fn polar(&self) -> Polar {
        self.patient_polar(patience())
    }

    pub fn patient_polar(&self, patience: Patience) -> Polar {
        self.below("", patience)
    }

    /// Its address, without a path.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// As if it were below a path.
    pub fn below(&self, path: &str, patience: Patience) -> Polar {
        Polar::new(Settings {
            environment: Environment::At(format!("{}{path}", self.base).parse().unwrap()),
            token: Token::new(TOKEN),
            webhook_secrets: vec![SigningSecret::new(SECRET).unwrap()],
            patience,
        })
        .unwrap()
    }

    /// What it was asked since the last time.
    pub fn asked(&self) -> Vec<Asked> {
        std::mem::take(&mut self.script.lock().unwrap().asked)
    }

    /// The same, as `GET /v1/products/`, without what is asked for.
    pub fn routes(&self) -> Vec<String> {
        self.asked()
            .iter()
            .map(|asked| format!("{} {}", asked.method, asked.path.split('?').next().unwrap()))
            .collect()
    }
}

/// As the default, but without waiting.
pub fn patience() -> Patience {
    Patience {
        first_pause: Duration::from_millis(1),
        ..Patience::default()
    }
}

async fn answer(
    State(script): State<Arc<Mutex<Script>>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let answer = {
        let mut script = script.lock().unwrap();
        script.asked.push(Asked {
            method,
            path: uri.to_string(),
            headers,
            body: serde_json::from_slice(&body).unwrap_or_default(),
        });
        script.answers.pop_front()
    };
    match answer {
        Some(Answer::Json(status, body)) => respond(status, None, Body::from(body.to_string())),
        Some(Answer::Bare(status, header)) => respond(status, header, Body::empty()),
        Some(Answer::Silence) => std::future::pending().await,
        None => respond(599, None, Body::from("nothing more is to be asked")),
    }
}

fn respond(status: u16, header: Option<(&'static str, &'static str)>, body: Body) -> Response {
    let mut response = Response::builder().status(StatusCode::from_u16(status).unwrap());
    if let Some((name, value)) = header {
        response = response.header(name, value);
    }
    response.body(body).unwrap()
}

/// An error as Polar names it.
pub fn refusal(status: u16, name: &str) -> Answer {
    Answer::Json(
        status,
        json!({"error": name, "detail": format!("{name}, in a sentence.")}),
    )
}

pub fn not_found() -> Answer {
    refusal(404, "ResourceNotFound")
}

/// What is wrong with one field.
pub fn invalid(field: &str) -> Answer {
    Answer::Json(
        422,
        json!({"error": "PolarRequestValidationError", "detail": [
            {"type": "value_error", "loc": ["body", field], "msg": "No.", "input": "ada@example.com"},
        ]}),
    )
}

pub fn page(items: &[Value], pages: u32) -> Answer {
    Answer::Json(
        200,
        json!({"items": items, "pagination": {"total_count": items.len(), "max_page": pages}}),
    )
}
