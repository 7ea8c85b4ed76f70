//! The provider's way of telling: several messages at once, each again until it is acknowledged.

use std::{
    collections::{BTreeSet, VecDeque},
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::watch,
    task::JoinHandle,
};

use crate::provider::Message;

const AT_ONCE: usize = 12;

#[derive(Clone)]
pub struct Replay {
    address: SocketAddr,
    waiting: Arc<Mutex<VecDeque<Message>>>,
    messages: usize,
    distinct: usize,
    acknowledged: watch::Sender<usize>,
    /// Nobody is asked who is known to be dead.
    alive: watch::Sender<bool>,
}

impl Replay {
    pub fn new(address: SocketAddr, messages: Vec<Message>) -> Self {
        Self {
            address,
            messages: messages.len(),
            distinct: messages
                .iter()
                .map(|message| &message.id)
                .collect::<BTreeSet<_>>()
                .len(),
            waiting: Arc::new(Mutex::new(messages.into())),
            acknowledged: watch::Sender::new(0),
            alive: watch::Sender::new(true),
        }
    }

    /// With those that come twice.
    pub fn messages(&self) -> usize {
        self.messages
    }

    pub fn distinct(&self) -> usize {
        self.distinct
    }

    /// They end when everything is acknowledged.
    pub fn open(&self) -> Vec<JoinHandle<()>> {
        (0..AT_ONCE).map(|_| tokio::spawn(self.clone().post_all())).collect()
    }

    pub async fn acknowledged(&self, count: usize) {
        let mut acknowledged = self.acknowledged.subscribe();
        acknowledged.wait_for(|so_far| *so_far >= count).await.unwrap();
    }

    pub fn pause(&self) {
        self.alive.send_replace(false);
    }

    pub fn go_on(&self) {
        self.alive.send_replace(true);
    }

    async fn post_all(self) {
        let mut alive = self.alive.subscribe();
        let mut acknowledged = self.acknowledged.subscribe();
        loop {
            alive.wait_for(|alive| *alive).await.unwrap();
            let next = self.waiting.lock().unwrap().pop_front();
            let Some(message) = next else {
                // Another one may have to give back what it could not deliver.
                if *acknowledged.borrow_and_update() == self.messages {
                    return;
                }
                acknowledged.changed().await.unwrap();
                continue;
            };
            match self.post(&message).await {
                Some(200..=299) => self.acknowledged.send_modify(|count| *count += 1),
                // Nobody there, cut off, or not able to keep it: later, behind all others.
                None | Some(500..) => {
                    self.waiting.lock().unwrap().push_back(message);
                    self.acknowledged.send_modify(|_| {});
                }
                Some(status) => panic!("{status} to {}", message.body),
            }
        }
    }

    /// The status, or `None` when no answer has come.
    async fn post(&self, message: &Message) -> Option<u16> {
        let request = format!(
            "POST /webhooks/polar HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n{}Content-Type: application/json\r\n\
             Content-Length: {}\r\n\r\n{}",
            self.address,
            message.headers,
            message.body.len(),
            message.body
        );
        let mut connection = TcpStream::connect(self.address).await.ok()?;
        connection.write_all(request.as_bytes()).await.ok()?;
        let mut answer = Vec::new();
        // What has come before the connection broke counts: it is an acknowledgement.
        let _ = connection.read_to_end(&mut answer).await;
        let answer = String::from_utf8_lossy(&answer);
        answer.split(' ').nth(1)?.parse().ok()
    }
}
