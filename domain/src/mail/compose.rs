//! Writing a mail: its words, its link, its two parts.

use std::collections::HashMap;

use askama::Template;
use contract::{
    email::EmailAddress,
    ids::{SessionId, TenantId, UserId},
    preferences::Locale,
};
use mrml::prelude::render::RenderOptions;
use url::form_urlencoded;
use uuid::Uuid;

use super::{
    FactorNews, Mail, News, Rendered, arrival, bill, ending,
    messages::{self, Content},
    staff,
    standing::{self, Place},
    support, visit,
};
use crate::{
    Deps, Error, Result,
    database::PlatformDatabase,
    identity::{Purpose, issue_link},
};

#[derive(Template)]
#[template(path = "mail/layout.mjml", escape = "html")]
struct Html<'a> {
    language: &'a str,
    product: &'a str,
    content: &'a Content,
    url: &'a str,
    footer: &'a str,
}

#[derive(Template)]
#[template(path = "mail/layout.txt", escape = "none")]
struct Text<'a> {
    content: &'a Content,
    url: &'a str,
    footer: &'a str,
}

/// The mail for whom it is for, in their language. `None` when they are gone, or have proven what was to be proven.
pub async fn compose(
    platform: &PlatformDatabase,
    deps: &Deps,
    base_url: &str,
    mail: &Mail,
) -> Result<Option<Rendered>> {
    if let Mail::Arrival { tenant, news } = mail {
        return news.compose(platform, deps, base_url, *tenant).await;
    }
    if let Mail::Ending(ending) = mail {
        return ending.compose(platform, deps, base_url).await;
    }
    if let Mail::Bill(bill) = mail {
        return bill.compose(platform, deps, base_url).await;
    }
    if let Mail::StaffInvitation { invitation } = mail {
        return staff::compose(platform, deps, base_url, *invitation).await;
    }
    if let Mail::Visit(visit) = mail {
        return visit.compose(platform, base_url).await;
    }
    if let Mail::Support(support) = mail {
        return support.compose(platform, base_url).await;
    }
    let mut transaction = platform.begin().await?;
    let person = sqlx::query!(
        r#"select id, email::text as "email!", name, locale, email_verified_at from users
        where (id = $1 or email = $2::text::citext) and deleted_at is null
        and (status = 'active' or (status = 'deactivated' and $3))"#,
        mail.user().map(|user| user.0),
        mail.typed_address().map(EmailAddress::as_str),
        // By which who has paused their account proves that it is theirs.
        matches!(
            mail,
            Mail::ResetPassword { .. }
                | Mail::MagicLink { .. }
                | Mail::AccountExists { .. }
                | Mail::PasswordResetForced { .. }
                | Mail::SecondFactorCleared { .. }
        ),
    )
    .fetch_optional(&mut *transaction)
    .await?;
    let Some(person) = person else { return Ok(None) };
    let user = UserId(person.id);
    let place = match mail {
        Mail::Standing { user, tenant, news } => match standing::place(&mut transaction, deps, *user, *tenant).await? {
            Some(place) if news.holds(&place) => place,
            _ => return Ok(None),
        },
        _ => Place::default(),
    };
    let purpose = match mail {
        Mail::VerifyEmail { .. } if person.email_verified_at.is_some() => return Ok(None),
        Mail::VerifyEmail { .. } => Some((Purpose::VerifyEmail, "/verify-email")),
        Mail::ResetPassword { .. } | Mail::PasswordResetForced { .. } | Mail::SecondFactorCleared { .. } => {
            Some((Purpose::ResetPassword, "/reset-password"))
        }
        Mail::MagicLink { .. } => Some((Purpose::MagicLink, "/magic-link")),
        Mail::Welcome { .. }
        | Mail::AccountExists { .. }
        | Mail::NewSignIn { .. }
        | Mail::PasswordChanged { .. }
        | Mail::SecondFactor { .. }
        | Mail::Standing { .. }
        | Mail::Arrival { .. }
        | Mail::Ending(_)
        | Mail::Bill(_)
        | Mail::StaffInvitation { .. }
        | Mail::Visit(_)
        | Mail::Support(_) => None,
    };
    let url = match purpose {
        Some((purpose, path)) => {
            let secret = issue_link(&mut transaction, deps, user, purpose).await?;
            link(base_url, path, secret.expose(), mail)
        }
        None => format!("{base_url}{}", page(mail, &place)),
    };
    transaction.commit().await?;
    let locale = Locale::from_tag(&person.locale).unwrap_or_default();
    // Whoever signed up chose the name, and perhaps an address that is not theirs.
    let said = person.email_verified_at.map(|_| &*person.name);
    render(locale, person.email, said, &url, mail, &place).map(Some)
}

fn link(base_url: &str, path: &str, token: &str, mail: &Mail) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("token", token);
    if let Mail::MagicLink { next: Some(next), .. } = mail {
        query.append_pair("next", next);
    }
    format!("{base_url}{path}?{}", query.finish())
}

/// Where the action of a mail without a secret leads.
fn page(mail: &Mail, place: &Place) -> String {
    match mail {
        Mail::Welcome { .. } => "/welcome".to_owned(),
        Mail::NewSignIn { .. } => "/account/sessions".to_owned(),
        Mail::PasswordChanged { .. } | Mail::SecondFactor { .. } => "/account/security".to_owned(),
        Mail::Standing { news, .. } => news.page(place),
        Mail::AccountExists { .. }
        | Mail::VerifyEmail { .. }
        | Mail::ResetPassword { .. }
        | Mail::PasswordResetForced { .. }
        | Mail::SecondFactorCleared { .. }
        | Mail::MagicLink { .. }
        | Mail::Arrival { .. }
        | Mail::Ending(_)
        | Mail::Bill(_)
        | Mail::StaffInvitation { .. }
        | Mail::Visit(_)
        | Mail::Support(_) => "/sign-in".to_owned(),
    }
}

/// `name` is that of somebody whose address is proven.
fn render(locale: Locale, to: String, name: Option<&str>, url: &str, mail: &Mail, place: &Place) -> Result<Rendered> {
    let content = messages::content(locale, name, mail, place);
    write(locale, to, url, &content, messages::footer(locale))
}

/// Both parts of a mail whose words are there.
pub(super) fn write(locale: Locale, to: String, url: &str, content: &Content, footer: &str) -> Result<Rendered> {
    let mjml = Html {
        language: locale.tag(),
        product: messages::PRODUCT,
        content,
        url,
        footer,
    }
    .render()
    .map_err(Error::fault)?;
    let parsed = mrml::parse(&mjml).map_err(Error::fault)?;
    // None of the fonts that the library would have loaded from elsewhere: who reads a mail is nobody else's business.
    let options = RenderOptions {
        fonts: HashMap::new(),
        ..RenderOptions::default()
    };
    let html = parsed.element.render(&options).map_err(Error::fault)?;
    let text = Text { content, url, footer }.render().map_err(Error::fault)?;
    Ok(Rendered {
        to,
        subject: content.subject.clone(),
        html,
        text,
    })
}

/// One of each, for the developer's gallery.
pub fn samples(base_url: &str) -> Result<Vec<Rendered>> {
    let user = UserId(Uuid::nil());
    let email = EmailAddress::parse("person@example.test").map_err(|code| Error::Fault(format!("{code:?}")))?;
    let all = [
        Mail::Welcome { user },
        Mail::VerifyEmail { user },
        Mail::ResetPassword { email: email.clone() },
        Mail::MagicLink {
            email: email.clone(),
            next: None,
        },
        Mail::AccountExists { user },
        Mail::NewSignIn {
            user,
            session: SessionId(Uuid::nil()),
            address: "192.0.2.7".to_owned(),
            user_agent: "Firefox on Linux".to_owned(),
        },
        Mail::PasswordChanged { user },
        Mail::PasswordResetForced { user },
        Mail::SecondFactorCleared { user },
    ];
    let place = Place::sample();
    let standing = News::ALL.iter().map(|&news| Mail::Standing {
        user,
        tenant: TenantId(Uuid::nil()),
        news,
    });
    let factors = FactorNews::ALL.iter().map(|&news| Mail::SecondFactor { user, news });
    all.into_iter()
        .chain(factors)
        .chain(standing)
        .map(|mail| {
            render(
                Locale::English,
                email.to_string(),
                Some("Person"),
                &format!("{base_url}{}", page(&mail, &place)),
                &mail,
                &place,
            )
        })
        .chain(arrival::samples(base_url)?.into_iter().map(Ok))
        .chain(ending::samples(base_url)?.into_iter().map(Ok))
        .chain(bill::samples(base_url)?.into_iter().map(Ok))
        .chain(std::iter::once_with(|| staff::sample(base_url)))
        .chain(visit::samples(base_url)?.into_iter().map(Ok))
        .chain(support::samples(base_url)?.into_iter().map(Ok))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{TestDatabase, deps, person};

    #[test]
    fn both_parts_say_the_same_and_a_name_cannot_write_html() {
        let mail = Mail::Welcome {
            user: UserId(Uuid::nil()),
        };
        let url = "https://plinth.example/welcome?a=1&b=2";
        let rendered = render(
            Locale::English,
            "a@b.example".into(),
            Some("<b>Ann</b>"),
            url,
            &mail,
            &Place::default(),
        )
        .unwrap();
        assert!(rendered.text.contains("Welcome, <b>Ann</b>") && rendered.text.contains(url));
        assert!(!rendered.html.contains("<b>Ann</b>"), "{}", rendered.html);
        assert!(rendered.html.contains("Set up your organization"));
        assert!(rendered.html.contains("plinth.example/welcome?a=1&"));
    }

    #[test]
    fn every_mail_can_be_written_and_asks_nobody_else_for_anything() {
        let mails = samples("https://plinth.example").unwrap();
        assert_eq!(mails.len(), 56);
        for mail in mails {
            for address in mail.html.split("://").skip(1) {
                let own = ["plinth.example/", "www.w3.org/"]
                    .iter()
                    .any(|host| address.starts_with(host));
                assert!(own, "{}: {address:.60}", mail.subject);
            }
        }
    }

    #[test]
    fn a_link_that_signs_in_keeps_where_one_was_going() {
        let email = EmailAddress::parse("ann@example.test").unwrap();
        let written = |next: Option<&str>| {
            let mail = Mail::MagicLink {
                email: email.clone(),
                next: next.map(ToOwned::to_owned),
            };
            link("https://plinth.example", "/magic-link", "secret", &mail)
        };
        assert_eq!(written(None), "https://plinth.example/magic-link?token=secret");
        assert_eq!(
            written(Some("/o/acme?a=1&token=b")),
            "https://plinth.example/magic-link?token=secret&next=%2Fo%2Facme%3Fa%3D1%26token%3Db"
        );
        let queued: Mail = serde_json::from_value(serde_json::json!({ "MagicLink": { "email": email } })).unwrap();
        assert_eq!(
            queued,
            Mail::MagicLink { email, next: None },
            "asked for without a place to go to"
        );
    }

    #[tokio::test]
    async fn an_address_that_nobody_has_proven_is_sent_no_words_of_a_strangers() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let ann = person(&deps, "ann").await;
        sqlx::query("update users set name = 'Buy this'")
            .execute(database.owner())
            .await
            .unwrap();
        let mails = [
            Mail::Welcome { user: ann.id() },
            Mail::NewSignIn {
                user: ann.id(),
                session: ann.session(),
                address: "192.0.2.7".to_owned(),
                user_agent: "Buy this".to_owned(),
            },
        ];
        let platform = database.platform();
        let written = async |mail: &Mail| {
            let written = compose(&platform, &deps, "https://plinth.example", mail).await;
            written.unwrap().unwrap()
        };
        for mail in &mails {
            let mail = written(mail).await;
            assert!(
                !mail.text.contains("Buy this") && !mail.html.contains("Buy this"),
                "{}",
                mail.text
            );
        }
        sqlx::query("update users set email_verified_at = created_at")
            .execute(database.owner())
            .await
            .unwrap();
        for mail in &mails {
            assert!(written(mail).await.text.contains("Buy this"));
        }
    }
}
