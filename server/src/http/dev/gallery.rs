//! Answers for the components of the gallery that ask while one types. They know nothing but their own examples.

use axum::{Form, Json, extract::Query, http::StatusCode, response::Redirect};
use contract::slug::{Slug, SlugState};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
pub struct Asked {
    value: String,
}

pub async fn slug(Query(asked): Query<Asked>) -> Json<Value> {
    let (state, message) = match Slug::parse(&asked.value) {
        Ok(slug) if slug.as_str() == "harbour" => (SlugState::Taken, "Somebody has this."),
        Ok(_) => (SlugState::Available, "You can have this."),
        Err(contract::FieldCode::Reserved) => (SlugState::Reserved, "This word is reserved."),
        Err(_) => (SlugState::Invalid, "Small letters, digits and hyphens."),
    };
    Json(json!({ "state": state, "message": message }))
}

#[derive(Deserialize)]
pub struct Typed {
    password: String,
}

/// By length alone: the real estimate is a server function.
pub async fn strength(Form(typed): Form<Typed>) -> Json<Value> {
    let score = (typed.password.chars().count() / 4).min(4);
    let label = ["Very weak", "Weak", "Fair", "Good", "Strong"][score];
    Json(json!({ "score": score, "label": label, "hint": if score < 3 { "Add another word." } else { "" } }))
}

/// A question that any passkey of this address answers.
pub async fn passkey() -> Json<String> {
    Json(json!({ "challenge": "Z2FsbGVyeQ", "timeout": 60_000, "userVerification": "preferred" }).to_string())
}

/// Nobody reads what was brought.
pub async fn passkey_brought() -> Redirect {
    Redirect::to("/dev/components")
}

#[derive(Deserialize)]
pub struct Edited {
    title: String,
}

pub async fn edit(Form(edited): Form<Edited>) -> (StatusCode, Json<Value>) {
    if edited.title.trim().is_empty() {
        (StatusCode::UNPROCESSABLE_ENTITY, Json(json!({})))
    } else {
        (StatusCode::OK, Json(json!({})))
    }
}
