//! By SMTP.

use domain::mail::{Mailer, Rendered};
use futures::{FutureExt, future::BoxFuture};
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, MultiPart},
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

    async fn deliver(&self, mail: Rendered) -> anyhow::Result<()> {
        let message = Message::builder()
            .from(self.from.clone())
            .to(mail.to.parse()?)
            .subject(mail.subject)
            .multipart(MultiPart::alternative_plain_html(mail.text, mail.html))?;
        self.transport.send(message).await?;
        Ok(())
    }
}

impl Mailer for Smtp {
    fn send(&self, mail: Rendered) -> BoxFuture<'_, Result<(), String>> {
        async move { self.deliver(mail).await.map_err(|error| format!("{error:#}")) }.boxed()
    }
}
