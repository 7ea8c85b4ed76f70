//! By SMTP.

use domain::mail::{Mailer, NotSent, Rendered};
use futures::{FutureExt, future::BoxFuture};
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, MultiPart},
    transport::smtp::{
        Error,
        response::{Category, Code},
    },
};

pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl std::fmt::Debug for Smtp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Smtp").field("from", &self.from).finish_non_exhaustive()
    }
}

impl Smtp {
    /// # Errors
    /// When the address of the server or of the sender is not one.
    pub fn new(url: &str, from: &str) -> anyhow::Result<Self> {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)?
            .timeout(Some(std::time::Duration::from_secs(20)))
            .build();
        Ok(Self {
            transport,
            from: from.parse()?,
        })
    }

    /// Whether the server answers and takes our name.
    ///
    /// # Errors
    /// Says why it does not.
    pub async fn check(&self) -> anyhow::Result<bool> {
        Ok(self.transport.test_connection().await?)
    }

    async fn deliver(&self, mail: Rendered) -> Result<(), NotSent> {
        let to = mail
            .to
            .parse()
            .map_err(|error| NotSent::Refused(format!("not an address: {error}")))?;
        let message = Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(mail.subject)
            .multipart(MultiPart::alternative_plain_html(mail.text, mail.html))
            .map_err(|error| NotSent::Failed(error.to_string()))?;
        self.transport.send(message).await.map_err(|error| not_sent(&error))?;
        Ok(())
    }
}

fn not_sent(error: &Error) -> NotSent {
    let words = error.to_string();
    let said = std::error::Error::source(error).map(ToString::to_string);
    match error.status().filter(|_| error.is_permanent()) {
        Some(code) if refuses_recipient(code, said.as_deref().unwrap_or_default()) => NotSent::Refused(words),
        _ => NotSent::Failed(words),
    }
}

/// Of the permanent errors, those of the mail system (x5x) and those of addresses (X.1.X, RFC 3463). The others, as a wrong
/// password, a command that is not known, or a sender that may not send (X.1.7, X.1.8), are ours to set right: they hold for
/// every mail, and none must be lost for them.
fn refuses_recipient(code: Code, said: &str) -> bool {
    let enhanced = said.split_whitespace().next().unwrap_or_default();
    if ["5.1.7", "5.1.8"].contains(&enhanced) {
        return false;
    }
    code.category == Category::MailSystem || enhanced.starts_with("5.1.")
}

impl Mailer for Smtp {
    fn send(&self, mail: Rendered) -> BoxFuture<'_, Result<(), NotSent>> {
        self.deliver(mail).boxed()
    }
}

#[cfg(test)]
mod tests {
    use tokio::{
        io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
        net::TcpListener,
    };

    use super::*;

    /// A server that answers one recipient with this, and takes everything else.
    async fn answering(answer: &'static str) -> Smtp {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            let (socket, _) = listener.accept().await.unwrap();
            let (reader, mut writer) = socket.into_split();
            let mut lines = BufReader::new(reader).lines();
            writer.write_all(b"220 test\r\n").await.unwrap();
            while let Ok(Some(line)) = lines.next_line().await {
                let answer = match line.split([' ', ':']).next().unwrap_or_default() {
                    "RCPT" => answer,
                    "QUIT" => "221 bye",
                    _ => "250 ok",
                };
                writer.write_all(format!("{answer}\r\n").as_bytes()).await.unwrap();
            }
        });
        Smtp::new(&format!("smtp://{address}"), "Plinth <us@example.test>").unwrap()
    }

    fn mail(to: &str) -> Rendered {
        Rendered {
            to: to.to_owned(),
            subject: "Hello".to_owned(),
            html: "Hello".to_owned(),
            text: "Hello".to_owned(),
        }
    }

    #[tokio::test]
    async fn what_is_refused_for_good_is_told_from_what_may_pass() {
        for (answer, refused) in [
            ("550 5.1.1 no such user", true),
            ("550 no such user", true),
            ("552 mailbox full", true),
            ("556 this domain takes no mail", true),
            ("501 5.1.3 bad recipient address", true),
            ("553 5.1.8 sender is not known", false),
            ("501 what is that", false),
            ("530 5.7.0 sign in first", false),
            ("535 5.7.8 wrong password", false),
            ("450 4.2.1 try again later", false),
        ] {
            let error = answering(answer)
                .await
                .send(mail("new@example.test"))
                .await
                .unwrap_err();
            assert_eq!(matches!(error, NotSent::Refused(_)), refused, "{answer}: {error}");
            assert!(error.to_string().contains(&answer[4..]), "{error}");
        }
        let away = Smtp::new("smtp://127.0.0.1:1", "us@example.test").unwrap();
        let error = away.send(mail("new@example.test")).await.unwrap_err();
        assert!(matches!(error, NotSent::Failed(_)), "{error}");
        let error = away.send(mail("nobody")).await.unwrap_err();
        assert!(matches!(error, NotSent::Refused(_)), "{error}");
    }
}
