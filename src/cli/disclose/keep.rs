//! `belagg disclose --keep`: writes what a kept choice was proved with beside report.yaml.

use crate::diagnostic::{Said, say};
use crate::load;
use crate::model::Proof;
use crate::pipeline::Figures;
use crate::session::Session;
use crate::system::System;

use super::super::output::Output;
use super::super::{CONTENT, OUTPUT, SUCCESS};

/// Writes the proof of one report, or says what is missing; the exit code.
pub fn write(session: &Session<'_>, system: &dyn System, figures: &Figures, out: &Output) -> u8 {
    let Some((project, disclosed)) = figures.project.as_ref().zip(figures.disclosure.as_ref()) else {
        return SUCCESS;
    };
    let (id, decision) = (&figures.id, &disclosed.decision);
    let refused = |why: Said| {
        out.fault(why);
        CONTENT
    };
    if decision.choice.hidden.is_empty() || project.original.is_some() {
        return SUCCESS;
    }
    if !decision.kept {
        return refused(say!(
            "{id}: there is nothing to prove until `keep-hidden` names what stays hidden and is enough; `belagg disclose {id}` gives the list",
            id
        ));
    }
    let Some(proof) = decision.proof(project) else {
        return refused(say!(
            "{id}: the other sets of numbers could not be written as cases; nothing was written, and the proof is sought as before",
            id
        ));
    };
    let folder = load::home(session.files(), session.library(), id).map_or_else(|| id.clone(), |home| home.folder);
    let path = Proof::path(&folder, id);
    let text = proof.text();
    let written = match system.exists(&path) {
        true => system.replace(&path, text.as_bytes()),
        false => system.write(&path, text.as_bytes()),
    };
    if let Err(error) = written {
        out.fault(say!("{path} cannot be written: {error}", path, error));
        return OUTPUT;
    }
    let (sets, kilobytes) = (proof.worlds.len(), text.len().div_ceil(1000));
    out.line(say!(
        "{path}: {sets} sets of numbers ({kilobytes} kB), of which it does not say which is the true one; as confidential as the data",
        path,
        sets,
        kilobytes
    ));
    SUCCESS
}
