//! `belagg serve`: reports beside their PDF in a browser on this machine, made anew after each change of a file.
//!
//! ```text
//! files ──watch──▶ desk ──draft──▶ page, problems ──┐
//!                    └───────────▶ press ──sheets───┴──▶ Board ──routes──▶ browser
//! ```
//!
//! `watch` says that files have changed, `desk` makes pages, `press` sets them for print beside it, the `board` holds what was made last, and `routes`
//! hand it out to who passes the `guard`. Nothing is written but by the reader's own edits, and nothing of this reaches built files.

mod about;
mod answer;
mod begin;
mod board;
mod desk;
mod edits;
mod guard;
mod mending;
mod numbers;
mod places;
mod press;
mod problem;
mod routes;
mod scalar;
mod shell;
mod watch;

use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::Arc;
use std::sync::mpsc;
use std::thread;

use crate::diagnostic::Tongue;
use crate::system::OsSystem;
use board::Board;
use desk::Desk;
use guard::Guard;
use press::Press;
use watch::Watch;

/// What the desk is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// Files have changed.
    Files,
    /// Somebody looks at a report.
    Opened(String),
}

/// What every answer is given by.
#[derive(Clone)]
struct Server {
    desk: Arc<Desk>,
    guard: Arc<Guard>,
}

/// Deeply nested documents are laid out by recursion.
const STACK: usize = 16 << 20;

/// Serves the workspace until the process is ended. `open` gets the address, with the token that lets a browser in.
///
/// # Errors
/// A port that cannot be had.
pub fn serve(system: &OsSystem, port: u16, tongue: Tongue, open: impl FnOnce(&str)) -> io::Result<()> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
    listener.set_nonblocking(true)?;
    let guard = Guard::new(listener.local_addr()?.port())?;
    let (events, happened) = mpsc::channel();
    let watch = Watch::new(system.clone(), &events);
    let (board, press) = (Arc::new(Board::new(tongue)), Arc::new(Press::default()));
    let desk = Desk::new(system, events, Arc::clone(&board), Arc::clone(&press));
    let desk = Arc::new(desk);
    let worker = |name: &str| thread::Builder::new().name(name.to_owned()).stack_size(STACK);
    let at_desk = Arc::clone(&desk);
    worker("desk").spawn(move || at_desk.work(&happened, watch))?;
    worker("press").spawn(move || press.work(&board))?;
    open(&guard.address());
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).thread_stack_size(STACK).enable_all().build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        axum::serve(listener, routes::router(desk, guard)).await
    })
}
