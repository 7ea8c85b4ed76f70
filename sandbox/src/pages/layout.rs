//! The frame of every page.

use std::fmt::Display;

use axum::{
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};

use crate::error::Refusal;

const STYLE: &str = include_str!("style.css");

/// What people and other programs have written, safe in text and in quoted attributes.
pub fn text(value: impl Display) -> String {
    html_escape::encode_quoted_attribute(&value.to_string()).into_owned()
}

pub fn page(status: StatusCode, title: &str, wide: bool, body: &str) -> Response {
    let title = text(title);
    let class = if wide { "wide" } else { "narrow" };
    let html = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <style>{STYLE}</style></head><body>\
         <header class=\"mark\">Payment sandbox: no money moves here.</header>\
         <main class=\"{class}\">{body}</main></body></html>"
    );
    (status, [("cache-control", "no-store")], Html(html)).into_response()
}

pub fn alert(sentence: &str) -> String {
    format!("<div class=\"alert\" role=\"alert\">{}</div>", text(sentence))
}

/// A page for what was refused.
pub fn refusal(refusal: &Refusal) -> Response {
    let sentence = text(refusal.sentence());
    let body = format!("<h1>That did not work</h1><p>{sentence}</p>");
    page(refusal.status, "That did not work", false, &body)
}

/// `29.00 USD`; the yen and the won have no smaller unit.
pub fn money(amount: i64, currency: &str) -> String {
    let name = currency.to_uppercase();
    if matches!(currency, "jpy" | "krw") {
        return format!("{amount} {name}");
    }
    let sign = if amount < 0 { "−" } else { "" };
    let (whole, part) = (amount.unsigned_abs() / 100, amount.unsigned_abs() % 100);
    format!("{sign}{whole}.{part:02} {name}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_has_its_smaller_unit() {
        assert_eq!(money(2905, "usd"), "29.05 USD");
        assert_eq!(money(-5, "eur"), "−0.05 EUR");
        assert_eq!(money(500, "jpy"), "500 JPY");
    }

    #[test]
    fn what_was_written_stays_text() {
        assert_eq!(text("<b a='\"'>&"), "&lt;b a=&#x27;&quot;&#x27;&gt;&amp;");
    }
}
