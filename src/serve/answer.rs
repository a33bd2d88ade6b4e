//! Answers of the server's own: its pages, and what their scripts ask for.

use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{Html, IntoResponse as _, Response};
use serde_json::Value as Json;

/// What the server's own pages may load: nothing from elsewhere, and nothing that stands in the page. `blob:` is what their scripts have read and
/// have parsed, as a document that runs nothing.
const OWN_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self' blob:; \
                          frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

/// A page of the server's own.
pub fn own_page(html: String) -> Response {
    ([(CONTENT_SECURITY_POLICY, OWN_POLICY)], Html(html)).into_response()
}

/// What a script asked for.
pub fn as_json(told: &Json) -> Response {
    ([(CONTENT_TYPE, "application/json")], told.to_string()).into_response()
}
