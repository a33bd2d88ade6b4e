//! A new report, begun in the browser: the questions of `belagg new` as a form, and the same files.

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde_json::{Map, json};
use tokio::task::spawn_blocking;

use super::Server;
use super::answer::{as_json, own_page};
use super::shell::{Shell, escaped};
use crate::begin::{self, Answers, Choice, Question};
use crate::diagnostic::{Said, Tongue};

pub fn router() -> Router<Server> {
    Router::new().route("/new", get(form).post(begin))
}

/// The form; the page speaks the language that its questions are asked in.
async fn form(State(server): State<Server>) -> Response {
    let tongue = server.desk.board.tongue;
    let questions = begin::questions(&server.desk.disk, server.desk.session().library(), tongue);
    let language = server.desk.board.language();
    let fields: String = questions.iter().map(|question| field(question, tongue)).collect();
    own_page(Shell { language, token: server.guard.token() }.new_report(&fields)).into_response()
}

/// A question as fields of a form: choices as buttons of which one is pressed.
fn field(question: &Question, tongue: Tongue) -> String {
    let text = |said: &Said| escaped(&said.text_in(tongue));
    let name = question.topic.name();
    let (asks, hint, default) = (text(&question.asks), text(&question.hint), escaped(&question.default));
    let fault = format!("<p class=\"fault\" id=\"{name}-fault\" hidden></p>");
    if question.choices.is_empty() {
        return format!(
            "<div class=\"question\"><label for=\"{name}\">{asks}</label><p class=\"hint\" id=\"{name}-hint\">{hint}</p>\
             <input id=\"{name}\" name=\"{name}\" value=\"{default}\" autocomplete=\"off\" spellcheck=\"false\" aria-describedby=\"{name}-hint {name}-fault\">{fault}</div>"
        );
    }
    let choice = |choice: &Choice| {
        let checked = if choice.name == question.default { " checked" } else { "" };
        format!(
            "<label class=\"choice\"><input type=\"radio\" name=\"{name}\" value=\"{0}\"{checked}><span><strong>{0}</strong> {1}</span></label>",
            choice.name,
            text(&choice.about)
        )
    };
    let choices: String = question.choices.iter().map(choice).collect();
    format!("<fieldset class=\"question\" id=\"{name}\"><legend>{asks}</legend>{choices}{fault}</fieldset>")
}

/// Writes the report that was asked for; else says of each answer that cannot be taken why.
async fn begin(State(server): State<Server>, body: String) -> Response {
    let Ok(asked) = serde_json::from_str::<BTreeMap<String, String>>(&body) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let tongue = server.desk.board.tongue;
    let written = spawn_blocking(move || {
        let disk = &server.desk.disk;
        let session = server.desk.session();
        let (mut answers, mut faults) = (Answers::default(), Map::new());
        for question in begin::questions(disk, session.library(), tongue) {
            let typed = asked.get(question.topic.name()).map(String::as_str).unwrap_or_default();
            match question.answer(disk, typed) {
                Ok(answer) => {
                    answers.0.insert(question.topic, answer);
                }
                Err(refusal) => {
                    faults.insert(question.topic.name().to_owned(), refusal.why.text_in(tongue).into());
                }
            }
        }
        if !faults.is_empty() {
            return (StatusCode::UNPROCESSABLE_ENTITY, json!({"faults": faults}));
        }
        let wanted = answers.wanted();
        let beginning = begin::beginning(disk, session.library(), &wanted);
        // The files are taken as they are then.
        drop(session);
        match begin::write(disk, &beginning) {
            Ok(()) => {
                // Its preview is asked for at once.
                server.desk.refresh();
                (StatusCode::OK, json!({"report": wanted.id}))
            }
            Err(why) => (StatusCode::CONFLICT, json!({"fault": why.words().text_in(tongue)})),
        }
    });
    match written.await {
        Ok((status, told)) => (status, as_json(&told)).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::Library;
    use crate::system::MemorySystem;

    #[test]
    fn every_question_has_its_field_its_words_and_its_default() {
        let system = MemorySystem::new([("belagg.yaml", "publisher: {name: \"A \\\"<b>\\\"\"}\n")]);
        for question in begin::questions(&system, &Library::default(), Tongue::Swedish) {
            let (name, html) = (question.topic.name(), field(&question, Tongue::Swedish));
            assert!(html.contains(&format!("id=\"{name}-fault\"")), "{html}");
            assert!(html.contains(&question.asks.text_in(Tongue::Swedish)) && !html.contains("<b>"), "{html}");
            let checked = html.matches(" checked").count();
            assert_eq!(checked, usize::from(!question.choices.is_empty()), "one is chosen: {html}");
        }
    }
}
