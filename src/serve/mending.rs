//! What a reader asks of a place of a page, and what is changed there.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use serde_json::{Value as Json, json};
use tokio::task::spawn_blocking;

use super::answer::as_json;
use super::edits::{Edit, Form, Refused};
use super::places::{is_yaml, marked};
use super::{Server, about, numbers};
use crate::resolve::Facts;
use crate::session::Draft;

pub fn router() -> Router<Server> {
    Router::new()
        .route("/places/{report}/{hash}", get(places))
        .route("/about/{report}/figure/{id}", get(figure))
        .route("/about/{report}/cell/{table}/{row}/{column}", get(cell))
        .route("/figures/{report}", get(figures))
        .route("/edit/{report}", post(edit))
        .route("/undo", post(undo))
        .route("/offer/{report}/{start}/{*file}", get(offer))
        .route("/figure/{report}", post(new_figure))
}

/// What a page was made of, by its hash or whichever is the last.
fn draft(server: &Server, report: &str, hash: Option<&str>) -> Option<Draft> {
    let page = server.desk.board.find(report)?.page?;
    hash.is_none_or(|hash| page.hash == hash).then(|| page.draft.clone())
}

/// The page once more, with a mark at each place, and at its end what the marks mean.
async fn places(State(server): State<Server>, Path((report, hash)): Path<(String, String)>) -> Response {
    let Some(draft) = draft(&server, &report, Some(&hash)) else { return StatusCode::NOT_FOUND.into_response() };
    let tongue = server.desk.board.tongue;
    let made = spawn_blocking(move || {
        let facts = draft.facts()?;
        let defined = |id: &str| facts.statistics.figures.get(id).map(|figure| facts.span(figure));
        let numbers = numbers::unbound(&draft, facts, tongue);
        draft.changed_page(|document| marked(document, facts.sources, &defined, &numbers))
    });
    let Some((page, places)) = made.await.ok().flatten() else { return StatusCode::NOT_FOUND.into_response() };
    let list = Json::from(places).to_string().replace('&', "&amp;").replace('<', "&lt;");
    Html(format!("{page}<pre id=\"BelaggPlaces\">{list}</pre>")).into_response()
}

/// Answers of what a report was made of.
async fn asked(server: Server, report: &str, answer: impl FnOnce(Facts<'_>) -> Json + Send + 'static) -> Response {
    let Some(draft) = draft(&server, report, None) else { return StatusCode::NOT_FOUND.into_response() };
    match spawn_blocking(move || draft.facts().map(answer)).await {
        Ok(Some(told)) => as_json(&told),
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn figure(State(server): State<Server>, Path((report, id)): Path<(String, String)>) -> Response {
    asked(server, &report, move |facts| about::figure(facts, &id)).await
}

async fn cell(
    State(server): State<Server>,
    Path((report, table, row, column)): Path<(String, String, String, String)>,
) -> Response {
    asked(server, &report, move |facts| about::cell(facts, [&table, &row, &column])).await
}

async fn figures(State(server): State<Server>, Path(report): Path<String>) -> Response {
    asked(server, &report, about::figures).await
}

/// Writes what a reader has changed: `file`, `start`, `raw` as it was, and `text`, which is a value in YAML unless it is to be written `as_it_is`.
async fn edit(State(server): State<Server>, Path(report): Path<String>, body: String) -> Response {
    let Ok(asked) = serde_json::from_str::<Json>(&body) else { return StatusCode::BAD_REQUEST.into_response() };
    let (Some(file), Some(start), Some(old), Some(new)) = (
        asked["file"].as_str().map(str::to_owned),
        asked["start"].as_u64().and_then(|start| usize::try_from(start).ok()),
        asked["raw"].as_str().map(str::to_owned),
        asked["text"].as_str().map(str::to_owned),
    ) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    // Nothing but what the report is made of.
    let is_own = draft(&server, &report, None)
        .is_some_and(|draft| draft.document.prepared.sources.iter().any(|source| source.path == file));
    if !is_own || file.contains("/versions/") {
        return StatusCode::FORBIDDEN.into_response();
    }
    let as_it_is = asked["as_it_is"].as_bool().unwrap_or_default() || !is_yaml(&file);
    let form = if as_it_is { Form::AsItIs } else { Form::Scalar };
    let writing = spawn_blocking(move || {
        server.desk.edits.write(&server.desk.disk, vec![Edit { file, start, old, new, form }])?;
        Ok(server.desk.edits.count())
    });
    written(writing.await)
}

/// What a typed number could become.
async fn offer(State(server): State<Server>, Path((report, start, file)): Path<(String, usize, String)>) -> Response {
    let offered = spawn_blocking(move || numbers::offer(&server.desk, &report, &file, start));
    match offered.await {
        Ok(Some(told)) => as_json(&told),
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

/// Makes a figure of the number `raw` that stands at `start` of `file`, with this `label`, and binds it.
async fn new_figure(State(server): State<Server>, Path(report): Path<String>, body: String) -> Response {
    let Ok(asked) = serde_json::from_str::<numbers::Asked>(&body) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let writing = spawn_blocking(move || {
        let change = numbers::figure(&server.desk, &report, &asked)?;
        server.desk.edits.write(&server.desk.disk, change)?;
        Ok(server.desk.edits.count())
    });
    written(writing.await)
}

/// Takes back what was changed last.
async fn undo(State(server): State<Server>) -> Response {
    written(
        spawn_blocking(move || {
            server.desk.edits.undo(&server.desk.disk)?;
            Ok(server.desk.edits.count())
        })
        .await,
    )
}

/// How many changes can be taken back, or why nothing was written.
fn written<E>(result: Result<Result<usize, Refused>, E>) -> Response {
    match result {
        Ok(Ok(count)) => as_json(&json!({"undo": count})),
        Ok(Err(Refused::Conflict)) => StatusCode::CONFLICT.into_response(),
        Ok(Err(Refused::Failed(reason))) => (StatusCode::INTERNAL_SERVER_ERROR, reason).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
