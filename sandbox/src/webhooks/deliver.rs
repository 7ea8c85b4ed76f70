//! Delivers webhooks: in order at first, again after failures, and in the wrong way where that was asked for.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
    time::Duration,
};

use reqwest::{Client, redirect};
use tokio::{
    task::JoinSet,
    time::{Instant, sleep_until},
};
use uuid::Uuid;

use super::sign;
use crate::{
    objects::webhook::{Delivery, EventState, Mischief, WebhookEvent},
    random,
    state::State,
    timestamp::Timestamp,
    world::World,
};

const MOST_ATTEMPTS: u32 = 10;
/// An endpoint whose last so many events all failed is switched off.
const FAILURES_UNTIL_OFF: usize = 10;
const TIMEOUT: Duration = Duration::from_secs(10);
const LONGEST_DELAY_SECONDS: f64 = 20.0 * 60.0;
/// A webhook that waits for the next one to overtake it waits no longer than that.
const LONGEST_HOLD: Duration = Duration::from_secs(2);
const STATE_CHANGE_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_RESPONSE: usize = 2000;

/// # Errors
/// When the machine has no usable TLS.
pub fn client() -> reqwest::Result<Client> {
    Client::builder()
        .redirect(redirect::Policy::none())
        .timeout(TIMEOUT)
        .no_proxy()
        .user_agent("polar.sh webhooks")
        .build()
}

/// What came of one attempt.
struct Attempt {
    event: Uuid,
    code: Option<u16>,
    response: String,
}

/// What the worker remembers between two looks at the state.
#[derive(Default)]
struct Desk {
    under_way: HashSet<Uuid>,
    not_before: HashMap<Uuid, Instant>,
    states_at: Option<Instant>,
}

pub async fn run(world: Arc<World>, client: Client) {
    let mut desk = Desk::default();
    let mut attempts: JoinSet<Attempt> = JoinSet::new();
    let mut changes = world.changes();
    loop {
        changes.mark_unchanged();
        send_states(&world, &mut desk);
        for request in world.read(|state| desk.startable(state)) {
            desk.under_way.insert(request.event);
            attempts.spawn(attempt(client.clone(), Arc::clone(&world), request));
        }
        let wake = desk.next_instant();
        tokio::select! {
            alive = changes.changed() => if alive.is_err() { return },
            Some(done) = attempts.join_next() => if let Ok(done) = done { desk.finish(&world, done) },
            () = sleep_until(wake.unwrap_or_else(Instant::now)), if wake.is_some() => {}
        }
    }
}

/// `customer.state_changed` waits a little, so that several changes are told once.
fn send_states(world: &World, desk: &mut Desk) {
    if world.read(|state| state.changed_customers.is_empty()) {
        desk.states_at = None;
        return;
    }
    let pause = STATE_CHANGE_PAUSE.mul_f64(world.retry_scale);
    let at = *desk.states_at.get_or_insert_with(|| Instant::now() + pause);
    if at <= Instant::now() {
        desk.states_at = None;
        world.write(State::emit_customer_states);
    }
}

struct Request {
    event: Uuid,
    url: String,
    secret: String,
    standard: bool,
    api_version: String,
    payload: String,
}

impl Desk {
    fn startable(&mut self, state: &State) -> Vec<Request> {
        let now = Instant::now();
        let mut blocked: HashSet<Uuid> = HashSet::new();
        let mut requests = Vec::new();
        let pending = |event: &&WebhookEvent| event.state == EventState::Pending;
        for event in state.events.iter().filter(pending) {
            let held = event.attempts == 0 && self.is_held(state, event, now);
            if event.attempts == 0 && !held && !blocked.insert(event.endpoint_id) {
                continue;
            }
            let early = self.not_before.get(&event.id).is_some_and(|instant| now < *instant);
            if held || (event.attempts > 0 && early) || self.under_way.contains(&event.id) {
                continue;
            }
            let Ok(endpoint) = state.endpoint(event.endpoint_id) else {
                continue;
            };
            requests.push(Request {
                event: event.id,
                url: endpoint.url.clone(),
                secret: endpoint.secret.clone(),
                standard: endpoint.uses_standard_webhook_signature,
                api_version: event.api_version.clone(),
                payload: event.payload.clone(),
            });
        }
        requests
    }

    /// Whether others may overtake it.
    fn is_held(&mut self, state: &State, event: &WebhookEvent, now: Instant) -> bool {
        let hold = match event.mischief {
            Some(Mischief::Delay) => Duration::from_millis(state.faults.webhook_delay_milliseconds),
            Some(Mischief::Reorder) => LONGEST_HOLD,
            Some(Mischief::Duplicate) | None => return false,
        };
        let until = *self.not_before.entry(event.id).or_insert(now + hold);
        let overtaken = event.mischief == Some(Mischief::Reorder)
            && state
                .events
                .iter()
                .skip_while(|other| other.id != event.id)
                .any(|other| other.endpoint_id == event.endpoint_id && other.attempts > 0);
        now < until && !overtaken
    }

    fn next_instant(&self) -> Option<Instant> {
        let now = Instant::now();
        let later = self.not_before.values().filter(|instant| now < **instant);
        later.copied().chain(self.states_at).min()
    }

    fn finish(&mut self, world: &World, done: Attempt) {
        self.under_way.remove(&done.event);
        self.not_before.remove(&done.event);
        let event = done.event;
        if let Some(attempts) = world.write(|state, now| record(state, now, done)) {
            let delay = (2.0 * 2f64.powi(attempts.cast_signed()) * random::jitter()).min(LONGEST_DELAY_SECONDS);
            let delay = Duration::from_secs_f64(delay * world.retry_scale);
            self.not_before.insert(event, Instant::now() + delay);
        }
    }
}

/// The number of attempts, when there will be another.
fn record(state: &mut State, now: Timestamp, done: Attempt) -> Option<u32> {
    let succeeded = done.code.is_some_and(|code| (200..300).contains(&code));
    let event = state.events.iter_mut().find(|event| event.id == done.event)?;
    event.attempts += 1;
    event.last_http_code = done.code;
    event.succeeded = Some(succeeded);
    event.modified_at = Some(Timestamp::touched(now, event.created_at, event.modified_at));
    let twice = succeeded && event.mischief.take() == Some(Mischief::Duplicate);
    if succeeded && !twice {
        event.state = EventState::Delivered;
    } else if event.attempts >= MOST_ATTEMPTS {
        event.state = EventState::Failed;
    }
    let (endpoint_id, attempts, pending) = (event.endpoint_id, event.attempts, event.state == EventState::Pending);
    state.deliveries.push(Delivery {
        created_at: now,
        modified_at: None,
        id: random::id(),
        succeeded,
        http_code: done.code,
        response: Some(done.response),
        event_id: done.event,
        endpoint_id,
    });
    switch_off_if_dead(state, now, endpoint_id);
    match (pending, twice) {
        (true, true) => Some(0),
        (true, false) => Some(attempts),
        (false, _) => None,
    }
}

fn switch_off_if_dead(state: &mut State, now: Timestamp, endpoint_id: Uuid) {
    let finished: Vec<EventState> = state
        .events
        .iter()
        .rev()
        .filter(|event| event.endpoint_id == endpoint_id)
        .map(|event| event.state)
        .filter(|state| matches!(state, EventState::Delivered | EventState::Failed))
        .take(FAILURES_UNTIL_OFF)
        .collect();
    let dead = finished.len() == FAILURES_UNTIL_OFF && finished.iter().all(|state| *state == EventState::Failed);
    if !dead {
        return;
    }
    if let Ok(endpoint) = state.endpoint_mut(endpoint_id) {
        endpoint.enabled = false;
        endpoint.modified_at = Some(Timestamp::touched(now, endpoint.created_at, endpoint.modified_at));
    }
    let pending = |event: &&mut WebhookEvent| event.endpoint_id == endpoint_id && event.state == EventState::Pending;
    for event in state.events.iter_mut().filter(pending) {
        event.state = EventState::Skipped;
        event.skipped = true;
    }
}

async fn attempt(client: Client, world: Arc<World>, request: Request) -> Attempt {
    let id = request.event.to_string();
    let timestamp = world.clock.signing_time().timestamp();
    let signature = sign::signature(&request.secret, request.standard, &id, timestamp, &request.payload);
    let sent = client
        .post(&request.url)
        .header("content-type", "application/json")
        .header("webhook-id", id)
        .header("webhook-timestamp", timestamp.to_string())
        .header("webhook-signature", signature)
        .header("webhook-api-version", request.api_version)
        .body(request.payload)
        .send()
        .await;
    let (code, response) = match sent {
        Ok(response) => {
            let code = response.status().as_u16();
            (Some(code), response.text().await.unwrap_or_default())
        }
        Err(error) => (None, error.to_string()),
    };
    Attempt {
        event: request.event,
        code,
        response: response.chars().take(LONGEST_RESPONSE).collect(),
    }
}
