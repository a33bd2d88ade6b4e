//! What can be asked of the server.

use std::convert::Infallible;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, HeaderValue};
use axum::http::{Response, StatusCode};
use axum::middleware::{self, map_response};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{Html, IntoResponse, Redirect};
use axum::routing::get;
use futures_util::stream::{self, Stream};
use tokio::sync::watch;
use tokio::task::spawn_blocking;

use super::Server;
use super::answer::own_page;
use super::begin;
use super::desk::{Desk, Reader};
use super::guard::{self, Guard};
use super::mending;
use super::shell::{self, Shell};

/// A report's page has its own policy; it stands in a frame of this server's alone.
const PAGE_POLICY: &str = "frame-ancestors 'self'";

/// A picture that is opened by itself runs nothing.
const FILE_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'";

/// All that is answered.
pub fn router(desk: Arc<Desk>, guard: Guard) -> Router {
    let server = Server { desk, guard: Arc::new(guard) };
    Router::new()
        .route("/", get(home))
        .route("/reports", get(reports))
        .route("/report/{report}", get(report))
        .route("/app/{file}", get(asset))
        .route("/events/{report}", get(events))
        .route("/site/{report}/{version}/{*path}", get(page))
        .route("/site/index.html", get(|| async { Redirect::to("/reports") }))
        .route("/site/{report}/{file}", get(beside))
        .route("/sheets/{report}/{hash}", get(sheet))
        .merge(mending::router())
        .merge(begin::router())
        .layer(middleware::from_fn_with_state(Arc::clone(&server.guard), guard::guard))
        .layer(map_response(harden))
        .with_state(server)
}

/// What holds for every answer.
async fn harden(mut response: Response<Body>) -> Response<Body> {
    let headers = response.headers_mut();
    let mut default = |name: &'static str, value: &'static str| {
        headers.entry(HeaderName::from_static(name)).or_insert(HeaderValue::from_static(value));
    };
    default("content-security-policy", FILE_POLICY);
    default("cache-control", "no-store");
    default("x-content-type-options", "nosniff");
    default("referrer-policy", "no-referrer");
    default("cross-origin-resource-policy", "same-origin");
    default("cross-origin-opener-policy", "same-origin");
    response
}

/// Where there is nothing to choose, what there is.
async fn home(State(server): State<Server>) -> Redirect {
    match &server.desk.session().reports()[..] {
        [] => Redirect::to("/new"),
        [only] => Redirect::to(&format!("/report/{only}")),
        _ => Redirect::to("/reports"),
    }
}

async fn reports(State(server): State<Server>) -> axum::response::Response {
    let (language, reports) = (server.desk.language(), server.desk.session().reports());
    own_page(Shell { language, token: server.guard.token() }.list(&reports))
}

async fn report(State(server): State<Server>, Path(report): Path<String>) -> axum::response::Response {
    if !server.desk.session().reports().contains(&report) {
        return StatusCode::NOT_FOUND.into_response();
    }
    let shell = Shell { language: server.desk.language(), token: server.guard.token() };
    own_page(shell.report(&report))
}

async fn asset(Path(file): Path<String>) -> axum::response::Response {
    let Some(bytes) = shell::asset(&file) else { return StatusCode::NOT_FOUND.into_response() };
    ([(CONTENT_TYPE, media_type(&file))], bytes).into_response()
}

/// What a browser waits for, as long as it does.
struct Listening {
    reader: Reader,
    news: watch::Receiver<u64>,
    last: String,
}

async fn events(
    State(server): State<Server>,
    Path(report): Path<String>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let board = Arc::clone(&server.desk.board);
    let mut news = board.news();
    news.mark_changed();
    let listening = Listening { reader: server.desk.open(&report), news, last: String::new() };
    let changes = stream::unfold((listening, board), |(mut listening, board)| async move {
        loop {
            listening.news.changed().await.ok()?;
            let report = listening.reader.report();
            let Some(shown) = board.find(report) else { continue };
            let told = shown.told_as_json(report).to_string();
            if told != listening.last {
                let event = Event::default().data(&told);
                listening.last = told;
                return Some((Ok(event), (listening, board)));
            }
        }
    });
    Sse::new(changes).keep_alive(KeepAlive::default())
}

async fn page(
    State(server): State<Server>,
    Path((report, version, path)): Path<(String, String, String)>,
) -> axum::response::Response {
    let page = server.desk.board.find(&report).and_then(|shown| shown.page).filter(|page| page.version == version);
    let Some(page) = page else { return StatusCode::NOT_FOUND.into_response() };
    if path == "index.html" {
        return ([(CONTENT_SECURITY_POLICY, PAGE_POLICY)], Html(page.html.to_vec())).into_response();
    }
    let kind = media_type(&path);
    if let Some(bytes) = page.files.get(&path) {
        return ([(CONTENT_TYPE, kind)], bytes.to_vec()).into_response();
    }
    // What only a publication has is made when it is asked for.
    let made = spawn_blocking(move || {
        let publication = server.desk.session().render(&report).publication?;
        let file = publication.artifacts.into_iter().find(|file| file.path == path)?;
        Some(file.bytes.to_vec())
    });
    match made.await.ok().flatten() {
        Some(bytes) => ([(CONTENT_TYPE, kind)], bytes).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// What lies beside the versions of a report that is published: notices of later ones.
async fn beside(
    State(server): State<Server>,
    Path((report, file)): Path<(String, String)>,
) -> axum::response::Response {
    let kind = [(CONTENT_TYPE, media_type(&file))];
    let session = server.desk.session();
    // A name in an address may hold `/` in other characters, and `..`: neither leads elsewhere.
    if !session.reports().contains(&report) || file.contains(['/', '\\']) {
        return (StatusCode::NOT_FOUND, kind).into_response();
    }
    match session.files().read(&format!("output/{report}/{file}")) {
        Ok(bytes) => (kind, bytes.to_vec()).into_response(),
        Err(_) => (StatusCode::NOT_FOUND, kind).into_response(),
    }
}

async fn sheet(State(server): State<Server>, Path((report, hash)): Path<(String, String)>) -> axum::response::Response {
    let Some(shown) = server.desk.board.find(&report) else { return StatusCode::NOT_FOUND.into_response() };
    let drawn = spawn_blocking(move || {
        let at = shown.print.sheets.iter().position(|sheet| sheet.hash == hash)?;
        shown.print.preview.svg(at)
    });
    match drawn.await.ok().flatten() {
        // The same hash is the same page for ever.
        Some(svg) => {
            let kept = "private, max-age=86400, immutable";
            ([(CONTENT_TYPE, media_type("page.svg")), (CACHE_CONTROL, kept)], svg).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// What a file is, by the end of its name.
fn media_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, end)| end) {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "woff2" => "font/woff2",
        "json" => "application/json",
        "csv" => "text/csv; charset=utf-8",
        "pdf" => "application/pdf",
        "md" | "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
