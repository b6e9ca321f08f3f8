//! The service: the pages, and the API for programs, on this machine or, with tokens, for others.
//!
//! Architecture invariant: it decides nothing and words no law; it hands what comes in to the library, by the threads of
//! [`pool`], and what that says out: a decision as `conforme decide --format json` writes it, a page as
//! [`conforme::pages`] makes it. Nothing of a dossier is noted or told elsewhere.

mod api;
pub(crate) mod bench;
mod body;
mod checked;
#[cfg(feature = "register")]
mod decisions;
mod guard;
mod lines;
mod listen;
mod log;
mod metrics;
mod openapi;
mod pages;
mod pool;
mod posted;
mod problem;
mod query;
#[cfg(feature = "register")]
mod registered;
pub(crate) mod texts;
mod tokens;

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::handler::Handler;
use axum::http::{Method, StatusCode};
use axum::middleware;
use axum::routing::{self, MethodRouter, get, post};
use conforme::pages::SCRIPT;
use conforme::render::html::STYLE;
use conforme::shelf::Shelf;
use conforme::time::Date;
use tokio::sync::Semaphore;

#[cfg(feature = "register")]
pub use self::decisions::{Register, now, whole};
use self::guard::{Guard, Need, Route};
use self::listen::Connections;
use self::texts::{Current, Texts};
use self::tokens::Role;
pub use self::tokens::Tokens;
use crate::cli::watch::files::Seen;

/// How much is done at once.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// Requests that wait for the engine or are in it.
    pub requests: usize,
    /// Requests of a dossier a line.
    pub streams: usize,
    /// Connections.
    pub connections: u16,
    /// Bytes of all bodies that are being read or decided.
    pub memory: usize,
    /// How long a body may take to come, and an answer to be worked out.
    pub patience: Duration,
}

/// What is served, to whom, how much of it at once.
pub struct Served {
    /// The texts and their cases.
    pub shelf: Shelf,
    /// Their folder, and how it was when they were read.
    pub folder: (PathBuf, Seen),
    /// What day it is.
    pub today: fn() -> Option<Date>,
    /// Where it listens.
    pub address: SocketAddr,
    /// Other names that it answers to.
    pub hosts: Vec<String>,
    /// Sites whose pages may ask.
    pub origins: Vec<String>,
    /// Who may do what.
    pub tokens: Option<Tokens>,
    /// Where decisions are kept.
    #[cfg(feature = "register")]
    pub register: Option<Register>,
    /// Whether requests are noted.
    pub logs: bool,
    /// How much at once.
    pub bounds: Bounds,
}

/// What every request is answered with.
pub struct Inner {
    current: Arc<Current>,
    pool: pool::Pool,
    bodies: body::Bodies,
    streams: Arc<Semaphore>,
    connections: Connections,
    guard: Guard,
    metrics: Arc<metrics::Metrics>,
    #[cfg(feature = "register")]
    register: Option<Register>,
    today: fn() -> Option<Date>,
    logs: bool,
}

impl Inner {
    /// Whether decisions can be kept.
    fn keeps_register(&self) -> bool {
        #[cfg(feature = "register")]
        return self.register.is_some();
        #[cfg(not(feature = "register"))]
        return false;
    }
}

/// The same, shared.
pub type Service = Arc<Inner>;

/// Serves until it is interrupted; `ready` is told of the address.
///
/// # Errors
///
/// The port cannot be listened to.
pub fn run(served: Served, ready: impl FnOnce(SocketAddr)) -> io::Result<()> {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_io().enable_time().build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(served.address).await?;
        let interrupted = interrupted()?;
        let address = listener.local_addr()?;
        let service = service(served)?;
        ready(address);
        listen::serve(listener, routes(&service), &service.connections, interrupted).await;
        Ok(())
    })
}

fn service(served: Served) -> io::Result<Service> {
    let Bounds { requests, streams, connections, memory, patience } = served.bounds;
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    let current = Arc::new(Current::new(Texts::new(served.shelf)));
    let (root, seen) = served.folder;
    current.watch(root, seen, served.today);
    Ok(Arc::new(Inner {
        current,
        pool: pool::Pool::start(threads, requests, patience)?,
        bodies: body::Bodies::new(memory, patience),
        streams: Arc::new(Semaphore::new(streams)),
        connections: Connections::new(connections),
        guard: Guard::new(served.address.ip(), &served.hosts, &served.origins, served.tokens),
        metrics: Arc::default(),
        #[cfg(feature = "register")]
        register: served.register,
        today: served.today,
        logs: served.logs,
    }))
}

/// What stops the service, from now on: Ctrl-C, and whoever keeps services running.
#[cfg(unix)]
fn interrupted() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interruption, mut end) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interruption.recv() => {}
            _ = end.recv() => {}
        }
    })
}

/// What stops the service, from now on: Ctrl-C.
#[cfg(windows)]
fn interrupted() -> io::Result<impl Future<Output = ()>> {
    let mut interruption = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        interruption.recv().await;
    })
}

/// Whether an address is of this machine alone.
pub fn is_local(address: IpAddr) -> bool {
    address.is_loopback()
}

fn routes(service: &Service) -> Router {
    let pages: Vec<(&'static str, Need, MethodRouter<Service>)> = vec![
        ("/", Need::Token, get(pages::index)),
        ("/style.css", Need::Token, get(async || api::typed("text/css; charset=utf-8", STYLE))),
        ("/page.js", Need::Token, get(async || api::typed("text/javascript; charset=utf-8", SCRIPT))),
        ("/favicon.ico", Need::Nothing, get(async || StatusCode::NO_CONTENT)),
        ("/pages/answer", Need::Role(Role::Decide), post(pages::answer)),
        ("/pages/api", Need::Token, get(pages::api)),
        #[cfg(feature = "register")]
        ("/pages/registre", Need::Role(Role::Read), get(registered::latest).post(registered::searched)),
        #[cfg(feature = "register")]
        ("/pages/registre/{id}", Need::Role(Role::Read), get(registered::entry)),
        ("/{id}", Need::Token, get(pages::slashed)),
        ("/{id}/", Need::Token, get(pages::policy)),
        ("/{id}/formulaire", Need::Token, get(pages::form)),
        ("/{id}/formulaire", Need::Role(Role::Decide), post(pages::posted)),
        ("/{id}/essai", Need::Token, get(pages::trial)),
        ("/{id}/changements/", Need::Token, get(pages::changes)),
        ("/{id}/changements/{day}", Need::Token, get(pages::change)),
        ("/{id}/cas/", Need::Token, get(pages::cases)),
        ("/{id}/cas/{name}", Need::Token, get(pages::case)),
    ];
    let mut router = Router::new();
    let api = api_routes().into_iter().map(|(_, path, need, handler)| (path, need, handler));
    for (path, need, handler) in pages.into_iter().chain(api) {
        let state = (Arc::clone(service), need, Route(path));
        let layer = middleware::from_fn_with_state(state, guard::admitted);
        router = router.route(path, handler.layer(layer));
    }
    let admitted = |route| {
        let state = (Arc::clone(service), Need::Token, Route(route));
        middleware::from_fn_with_state(state, guard::admitted)
    };
    let inner = router
        .route("/v1/{*rest}", routing::any(api::nowhere).layer(admitted("/v1/")))
        .fallback(pages::nowhere.layer(admitted("")))
        .with_state(Arc::clone(service));
    // Around the whole: what is said of methods is said inside.
    let guarded = middleware::from_fn_with_state(Arc::clone(service), guard::guarded);
    Router::new().fallback_service(inner).layer(guarded)
}

/// An address of the API: its method, what it asks for, who answers.
type Address = (Method, &'static str, Need, MethodRouter<Service>);

/// The addresses of the API, as `openapi.json` describes them.
fn api_routes() -> Vec<Address> {
    let get = |path, need, handler| (Method::GET, path, need, handler);
    let post = |path, need, handler| (Method::POST, path, need, handler);
    vec![
        post("/v1/decide", Need::Role(Role::Decide), routing::post(api::decide)),
        post("/v1/check", Need::Role(Role::Decide), routing::post(api::check)),
        get("/v1/policies", Need::Token, routing::get(api::policies)),
        get("/v1/policies/{id}/schema", Need::Token, routing::get(api::schema)),
        #[cfg(feature = "register")]
        post("/v1/decisions", Need::Role(Role::Record), routing::post(decisions::record)),
        #[cfg(feature = "register")]
        get("/v1/decisions", Need::Role(Role::Read), routing::get(decisions::list)),
        #[cfg(feature = "register")]
        get("/v1/decisions/{id}", Need::Role(Role::Read), routing::get(decisions::find)),
        get("/v1/openapi.json", Need::Token, routing::get(api::described)),
        get("/healthz", Need::Nothing, routing::get(api::health)),
        get("/metrics", Need::Token, routing::get(api::metrics)),
    ]
}
