//! Faults of ours, written down for whoever helps the customer that met them: where it was, in which request, and whose, as far as
//! the request had found that out.
//!
//! That is done behind the answer, which neither waits for it nor fails with it. What waits to be written is bounded, and so is
//! how much is written: of a storm the first gusts are kept, and while the database is away nothing is. The log has all of it.

use std::{
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use app::session::SessionHandle;
use axum::{
    extract::{MatchedPath, Request, State as Extract},
    http::StatusCode,
    middleware::Next,
    response::Response,
};
use chrono::{DateTime, TimeDelta, Utc};
use contract::Error;
use domain::{
    Deps,
    faults::record::{NewFault, record},
};
use tokio::{sync::mpsc, task::JoinHandle, time::timeout};
use tokio_util::sync::CancellationToken;

use super::{measure, request_id};

/// How many may wait to be written.
const WAITING: usize = 64;

/// How many are written in a minute.
const IN_A_MINUTE: u32 = 120;

/// How long writing one may take, and how long the rest of them after the last answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// Where faults are handed in.
#[derive(Debug, Clone)]
pub struct Faults(mpsc::Sender<NewFault>);

/// What writes them down, one after the other.
#[derive(Debug)]
pub struct FaultWriter {
    task: JoinHandle<()>,
    stop: CancellationToken,
}

impl Faults {
    pub fn start(deps: Deps) -> (Self, FaultWriter) {
        let (sender, waiting) = mpsc::channel(WAITING);
        let stop = CancellationToken::new();
        let task = tokio::spawn(write(deps, waiting, stop.clone()));
        (Self(sender), FaultWriter { task, stop })
    }

    /// Waits for nothing. What there is no room for is not kept.
    pub fn hand_in(&self, fault: NewFault) {
        if self.0.try_send(fault).is_err() {
            tracing::debug!("a fault was not written down: too many wait, or nobody writes any more");
        }
    }
}

impl FaultWriter {
    /// Writes what waits, as far as that is soon done.
    pub async fn finish(mut self) {
        self.stop.cancel();
        if timeout(PATIENCE, &mut self.task).await.is_err() {
            self.task.abort();
        }
    }
}

async fn write(deps: Deps, mut waiting: mpsc::Receiver<NewFault>, stop: CancellationToken) {
    let mut minute = Minute::begin(deps.now());
    loop {
        let fault = tokio::select! {
            fault = waiting.recv() => fault,
            () = stop.cancelled(), if !waiting.is_closed() => {
                waiting.close();
                continue;
            }
        };
        let Some(fault) = fault else { return };
        if minute.has_room(deps.now()) {
            put_down(&deps, &fault).await;
        }
    }
}

async fn put_down(deps: &Deps, fault: &NewFault) {
    match timeout(PATIENCE, record(deps, fault)).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::warn!(%error, request = %fault.request_id, "a fault could not be written down"),
        Err(_) => tracing::warn!(request = %fault.request_id, "a fault could not be written down in time"),
    }
}

/// How many more are written until it is over.
#[derive(Debug)]
struct Minute {
    begun: DateTime<Utc>,
    room: u32,
}

impl Minute {
    const fn begin(begun: DateTime<Utc>) -> Self {
        Self {
            begun,
            room: IN_A_MINUTE,
        }
    }

    fn has_room(&mut self, now: DateTime<Utc>) -> bool {
        if now - self.begun >= TimeDelta::minutes(1) {
            *self = Self::begin(now);
        }
        let left = self.room.checked_sub(1);
        self.room = left.unwrap_or_default();
        left.is_some()
    }
}

/// How far a request has come, for who stands around the layers that find it out.
#[derive(Debug, Clone, Default)]
pub struct Course(Arc<Found>);

#[derive(Debug, Default)]
struct Found {
    session: OnceLock<SessionHandle>,
    answered: AtomicBool,
}

impl Course {
    pub fn is_of(&self, session: &SessionHandle) {
        _ = self.0.session.set(session.clone());
    }
}

/// In an answer that does not show by its status that a function failed: a form that comes back tells the next page.
#[derive(Debug, Clone, Copy)]
struct Faulted;

/// Says so of an answer, when that is what came of it.
pub fn tell(response: &mut Response, error: &Error) {
    if *error == Error::Internal {
        response.extensions_mut().insert(Faulted);
    }
}

/// Around everything that answers or fails to.
pub async fn watch(Extract(faults): Extract<Faults>, mut request: Request, next: Next) -> Response {
    let course = Course::default();
    request.extensions_mut().insert(course.clone());
    let method = measure::method(request.method());
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("unmatched", MatchedPath::as_str)
        .to_owned();
    let request_id = request_id::of(&request);
    let response = next.run(request).await;
    if let Some(status) = fault(&response, &course) {
        let session = course.0.session.get();
        let (user, tenant) = session.map(SessionHandle::found_out).unwrap_or_default();
        faults.hand_in(NewFault {
            tenant,
            user,
            method,
            route,
            request_id,
            status: status.as_u16(),
        });
    }
    response
}

/// Inside the time limit: whoever comes back through here has been answered in time.
pub async fn answered(request: Request, next: Next) -> Response {
    let course = request.extensions().get::<Course>().cloned();
    let response = next.run(request).await;
    if let Some(course) = course {
        course.0.answered.store(true, Ordering::Relaxed);
    }
    response
}

/// As what an answer is a fault of ours. `503` is none: something is closed, or away for a while, and says so; but for what nobody
/// answered in time.
fn fault(response: &Response, course: &Course) -> Option<StatusCode> {
    if response.extensions().get::<Faulted>().is_some() {
        return Some(StatusCode::INTERNAL_SERVER_ERROR);
    }
    let status = response.status();
    let outage = status == StatusCode::SERVICE_UNAVAILABLE && course.0.answered.load(Ordering::Relaxed);
    (status.is_server_error() && !outage).then_some(status)
}

#[cfg(test)]
mod tests {
    use axum::{Router, body::Body, middleware, response::IntoResponse, routing::get};
    use chrono::TimeZone;
    use tower::ServiceExt;
    use tower_http::timeout::TimeoutLayer;

    use super::*;
    use crate::http::failure;

    async fn falls() -> StatusCode {
        panic!("the secret is 42")
    }

    async fn never_ends() -> StatusCode {
        std::future::pending().await
    }

    async fn comes_back() -> Response {
        let mut response = StatusCode::SEE_OTHER.into_response();
        tell(&mut response, &Error::Internal);
        response
    }

    async fn refuses() -> Response {
        let mut response = StatusCode::SEE_OTHER.into_response();
        tell(&mut response, &Error::NotFound);
        response
    }

    fn router(faults: Faults) -> Router {
        let limit = TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, Duration::from_millis(20));
        Router::new()
            .route("/o/{org}/falls", get(falls))
            .route("/o/{org}/never-ends", get(never_ends))
            .route("/fails", get(|| async { StatusCode::INTERNAL_SERVER_ERROR }))
            .route("/comes-back", get(comes_back))
            .route("/refuses", get(refuses))
            .route("/closed", get(|| async { StatusCode::SERVICE_UNAVAILABLE }))
            .route("/not-acceptable", get(|| async { StatusCode::UNPROCESSABLE_ENTITY }))
            .route("/well", get(|| async { "well" }))
            .layer(middleware::from_fn(answered))
            .layer(limit)
            .layer(middleware::from_fn_with_state(
                failure::Failures::for_tests(),
                failure::explain,
            ))
            .layer(middleware::from_fn_with_state(faults, watch))
    }

    async fn ask(router: &Router, path: &str) -> StatusCode {
        let request = Request::get(path).body(Body::empty()).unwrap();
        router.clone().oneshot(request).await.unwrap().status()
    }

    #[tokio::test]
    async fn what_falls_fails_or_takes_too_long_is_handed_in_by_its_route_and_nothing_else_is() {
        let (sender, mut waiting) = mpsc::channel(WAITING);
        let router = router(Faults(sender));
        for (path, answer, expected) in [
            ("/o/acme/falls?next=secret", 500_u16, Some(("/o/{org}/falls", 500))),
            ("/o/acme/never-ends", 503, Some(("/o/{org}/never-ends", 503))),
            ("/fails", 500, Some(("/fails", 500))),
            ("/comes-back", 303, Some(("/comes-back", 500))),
            ("/refuses", 303, None),
            ("/closed", 503, None),
            ("/not-acceptable", 422, None),
            ("/nowhere", 404, None),
            ("/well", 200, None),
        ] {
            assert_eq!(ask(&router, path).await, answer, "{path}");
            let handed_in = waiting.try_recv().ok();
            let told = handed_in.as_ref().map(|fault| (fault.route.as_str(), fault.status));
            assert_eq!(told, expected, "{path}");
            if let Some(fault) = handed_in {
                assert_eq!((fault.method, fault.user, fault.tenant), ("GET", None, None), "{path}");
            }
        }
    }

    #[tokio::test]
    async fn a_storm_that_nobody_writes_down_delays_no_answer() {
        let (sender, mut waiting) = mpsc::channel(1);
        let router = router(Faults(sender));
        for _ in 0..3 {
            assert_eq!(ask(&router, "/fails").await, 500);
        }
        assert!(waiting.try_recv().is_ok());
        assert!(waiting.try_recv().is_err(), "there was room for one");
        drop(waiting);
        assert_eq!(ask(&router, "/fails").await, 500, "nobody writes any more");
    }

    #[test]
    fn a_minute_has_room_for_so_many_and_the_next_one_for_as_many_again() {
        let begun = Utc.with_ymd_and_hms(2026, 3, 2, 9, 0, 0).unwrap();
        let mut minute = Minute::begin(begun);
        let in_it = begun + TimeDelta::seconds(59);
        let written = (0..500).filter(|_| minute.has_room(in_it)).count();
        assert_eq!(written, 120);
        let after = begun + TimeDelta::seconds(60);
        let written = (0..500).filter(|_| minute.has_room(after)).count();
        assert_eq!(written, 120);
    }
}
