//! Who may ask: a browser on this machine that was let in by the address which `belagg serve` printed, for pages of its own.

use std::io;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{COOKIE, HOST, LOCATION, ORIGIN, SET_COOKIE};
use axum::http::{HeaderMap, HeaderName, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

/// Of pages that write: no form of another page's can set it.
pub const TOKEN: HeaderName = HeaderName::from_static("x-belagg-token");

/// The name of what the address lets in by.
const KEY: &str = "key=";

#[derive(Debug)]
pub struct Guard {
    port: u16,
    /// Chosen anew by each run.
    token: String,
}

impl Guard {
    /// # Errors
    /// A machine without random numbers.
    pub fn new(port: u16) -> io::Result<Self> {
        let mut bytes = [0; 24];
        getrandom::fill(&mut bytes).map_err(io::Error::other)?;
        let token = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Self { port, token })
    }

    /// What a browser is let in by.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/?{KEY}{}", self.port, self.token)
    }

    /// What pages that write send along.
    pub fn token(&self) -> &str {
        &self.token
    }

    fn cookie(&self) -> String {
        // Ports share their cookies.
        format!("belagg-{}={}", self.port, self.token)
    }

    /// Whether a name that a browser asked for is this machine's: a foreign one may lead here as well.
    fn is_own(&self, host: &str) -> bool {
        let host = host.rsplit_once(':').filter(|(_, port)| *port == self.port.to_string());
        host.is_some_and(|(name, _)| matches!(name, "127.0.0.1" | "localhost"))
    }

    /// Whether a request comes from a page of this server's, or from no page.
    fn comes_from_here(&self, headers: &HeaderMap) -> bool {
        let text = |name: &HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or_default());
        let host = text(&HOST).is_some_and(|host| self.is_own(host));
        let origin = text(&ORIGIN).is_none_or(|origin| {
            origin.strip_prefix("http://").is_some_and(|name| self.is_own(name) && text(&HOST) == Some(name))
        });
        host && origin
    }

    fn is_let_in(&self, headers: &HeaderMap) -> bool {
        let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
        let own = self.cookie();
        cookies.flat_map(|all| all.split(';')).any(|cookie| is_equal(cookie.trim(), &own))
    }

    fn may_write(&self, headers: &HeaderMap) -> bool {
        headers.get(TOKEN).and_then(|value| value.to_str().ok()).is_some_and(|token| is_equal(token, &self.token))
    }
}

/// Compares in a time that does not tell where they differ.
fn is_equal(one: &str, two: &str) -> bool {
    one.len() == two.len() && one.bytes().zip(two.bytes()).fold(0, |all, (a, b)| all | (a ^ b)) == 0
}

/// Lets through what may pass.
pub async fn guard(State(guard): State<Arc<Guard>>, request: Request, next: Next) -> Response {
    let headers = request.headers();
    if !guard.comes_from_here(headers) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let key = request.uri().query().and_then(|query| query.strip_prefix(KEY));
    if request.uri().path() == "/" && key.is_some_and(|key| is_equal(key, &guard.token)) {
        let cookie = format!("{}; Path=/; HttpOnly; SameSite=Strict", guard.cookie());
        return (StatusCode::SEE_OTHER, [(SET_COOKIE, cookie), (LOCATION, "/".to_owned())]).into_response();
    }
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    if !guard.is_let_in(headers) || !reads && !guard.may_write(headers) {
        return (StatusCode::FORBIDDEN, "Open the address that `belagg serve` has printed.").into_response();
    }
    next.run(request).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(all: &[(HeaderName, &str)]) -> HeaderMap {
        all.iter().map(|(name, value)| (name.clone(), value.parse().unwrap())).collect()
    }

    #[test]
    fn foreign_names_and_pages_are_refused() {
        let guard = Guard::new(4000).unwrap();
        let from = |host: &str, origin: Option<&str>| {
            let origin = origin.map(|origin| (ORIGIN, origin));
            guard.comes_from_here(&headers(&[(HOST, host)].into_iter().chain(origin).collect::<Vec<_>>()))
        };
        assert!(from("127.0.0.1:4000", None) && from("localhost:4000", Some("http://localhost:4000")));
        for host in ["example.com:4000", "127.0.0.1:4001", "127.0.0.1", "localhost.example.com:4000", ""] {
            assert!(!from(host, None), "{host}");
        }
        for origin in
            ["http://example.com", "null", "https://127.0.0.1:4000", "http://localhost:4000", "http://127.0.0.1"]
        {
            assert!(!from("127.0.0.1:4000", Some(origin)), "{origin}");
        }
        assert!(!guard.comes_from_here(&HeaderMap::new()));
    }

    #[test]
    fn who_was_not_let_in_sees_nothing_and_writes_nothing() {
        let (guard, other) = (Guard::new(4000).unwrap(), Guard::new(4000).unwrap());
        let own = guard.cookie();
        assert!(guard.is_let_in(&headers(&[(COOKIE, &format!("a=b; {own}"))])));
        assert!(!guard.is_let_in(&headers(&[(COOKIE, &other.cookie())])) && !guard.is_let_in(&HeaderMap::new()));
        assert!(guard.may_write(&headers(&[(TOKEN, guard.token())])));
        assert!(!guard.may_write(&headers(&[(COOKIE, &own)])), "a cookie is sent by other pages too");
    }
}
