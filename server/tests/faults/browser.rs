//! What a browser is of this: a form that is sent, and an answer or none. The connection is closed after each.

use std::net::SocketAddr;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use url::form_urlencoded;

#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    head: String,
    pub body: String,
}

#[derive(Debug, Clone)]
pub struct Browser {
    address: SocketAddr,
    /// Where it seems to sit: throttles count by address.
    from: String,
    session: Option<String>,
    /// Of somebody of the staff who is in an organization.
    visit: Option<String>,
}

const SESSION: &str = "__Host-plinth_session";
const VISIT: &str = "__Host-plinth_visit";

impl Browser {
    pub fn new(address: SocketAddr, from: String) -> Self {
        Self {
            address,
            from,
            session: None,
            visit: None,
        }
    }

    /// The same at another node: the cookies are sent there as well.
    pub fn at(&self, address: SocketAddr) -> Self {
        Self {
            address,
            ..self.clone()
        }
    }

    /// `None` when no whole answer has come: then nothing was promised.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Option<Answer> {
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        let request = format!(
            "POST {path} HTTP/1.1\r\n{}Accept: application/json\r\nOrigin: http://{}\r\nSec-Fetch-Site: same-origin\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            self.headers(),
            self.address,
            body.len()
        );
        let answer = self.send(&request).await?;
        if let Some(session) = answer.cookie(SESSION) {
            self.session = Some(session);
        }
        if let Some(visit) = answer.cookie(VISIT) {
            self.visit = Some(visit);
        }
        Some(answer)
    }

    pub async fn get(&self, path: &str) -> Option<Answer> {
        let request = format!("GET {path} HTTP/1.1\r\n{}Accept: text/html\r\n\r\n", self.headers());
        self.send(&request).await
    }

    fn headers(&self) -> String {
        let cookies: Vec<_> = [(SESSION, &self.session), (VISIT, &self.visit)]
            .into_iter()
            .filter_map(|(name, value)| Some(format!("{name}={}", value.as_ref()?)))
            .collect();
        let cookie = if cookies.is_empty() {
            String::new()
        } else {
            format!("Cookie: {}\r\n", cookies.join("; "))
        };
        format!(
            "Host: {}\r\nConnection: close\r\nX-Forwarded-For: {}\r\n{cookie}",
            self.address, self.from
        )
    }

    async fn send(&self, request: &str) -> Option<Answer> {
        let mut connection = TcpStream::connect(self.address).await.ok()?;
        connection.write_all(request.as_bytes()).await.ok()?;
        let mut answer = Vec::new();
        // What has come before the connection broke counts: it can be an acknowledgement.
        let _ = connection.read_to_end(&mut answer).await;
        Answer::read(&answer)
    }
}

impl Answer {
    fn read(bytes: &[u8]) -> Option<Self> {
        let text = String::from_utf8_lossy(bytes);
        let (head, body) = text.split_once("\r\n\r\n")?;
        let status = head.split(' ').nth(1)?.parse().ok()?;
        Some(Self {
            status,
            head: head.to_owned(),
            body: body.to_owned(),
        })
    }

    fn cookie(&self, name: &str) -> Option<String> {
        let (_, rest) = self.head.split_once(&format!("{name}="))?;
        rest.split(';').next().map(str::to_owned)
    }
}
