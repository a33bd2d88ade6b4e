//! `belagg check --links`: whether all links in `output/` get there.

use crate::diagnostic::{Said, say};
use crate::publish::links;
use crate::session::Session;

use super::output::Output;
use super::{CONTENT, SUCCESS, USAGE, sound_workshop};

/// Looks at `output/`, or at the folders of some reports. With `external` it only lists the addresses of others.
pub fn run(session: &Session<'_>, reports: &[String], external: bool, out: &Output) -> u8 {
    let shop = match sound_workshop(session, out) {
        Ok(shop) => shop,
        Err(code) => return code,
    };
    let system = session.files();
    let missing = reports.iter().find(|id| !system.exists(&format!("output/{id}")));
    if let Some(id) = missing {
        out.fault(say!("there is no output/{id}: `belagg build {id}` makes it", id));
        return USAGE;
    }
    let links = links::links(system, reports, shop.toolbox.site());
    if links.files == 0 && !links.sink.has_errors() {
        out.fault(say!("there is nothing in output/: `belagg build` makes it"));
        return USAGE;
    }
    if external {
        let lines: Vec<&str> = links.external.iter().map(String::as_str).collect();
        match out.format() {
            super::output::Format::Json => out.data(&serde_json::to_string_pretty(&lines).unwrap_or_default()),
            _ => lines.iter().for_each(|line| out.plain(line)),
        }
        return SUCCESS;
    }
    out.checked(&[(&links.sink, &links.sources)], true);
    if links.sink.has_errors() {
        return CONTENT;
    }
    out.line(say!(
        "{files}: {inner} links within output/ lead somewhere; {external}",
        files = Said::one_or_more(links.files, say!("1 file"), say!("{count} files", count = links.files)),
        inner = links.inner,
        external = Said::one_or_more(
            links.external.len(),
            say!("1 address elsewhere, not asked for (`--external` lists it)"),
            say!("{count} addresses elsewhere, not asked for (`--external` lists them)", count = links.external.len())
        )
    ));
    SUCCESS
}
