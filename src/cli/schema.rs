//! `belagg schema`: what may stand in the files that authors write, for editors and for the manual.

use crate::begin::editors;
use crate::diagnostic::{Said, nearest, say};
use crate::load::{FileSchema, Ids, keys};
use crate::system::System;

use super::output::Output;
use super::{OUTPUT, SUCCESS, USAGE};

/// Prints the schema of a kind of file, or which kinds there are.
pub fn print(name: Option<&str>, ids: &Ids, out: &Output) -> u8 {
    let Some(name) = name else {
        for schema in FileSchema::every_kind() {
            out.plain(format!("{:<20} {}", schema.name, schema.file.path));
        }
        return SUCCESS;
    };
    let all = FileSchema::every_kind();
    match all.iter().find(|schema| schema.name == name) {
        Some(schema) => {
            out.lines(Said::verbatim(schema.text(ids).trim_end()));
            SUCCESS
        }
        None => {
            let names: Vec<&str> = all.iter().map(|schema| schema.name.as_str()).collect();
            let near = nearest(name, names.iter().copied());
            let near = near.map(|near| say!(" Did you mean {near}?", near)).unwrap_or_default();
            out.fault(say!(
                "there is no kind of file `{name}`.{near} One of: {names}",
                name,
                near,
                names = names.join(", ")
            ));
            USAGE
        }
    }
}

/// Prints the tables of keys that stand at the end of docs/format.md.
pub fn print_keys(out: &Output) -> u8 {
    out.lines(Said::verbatim(keys().trim_end()));
    SUCCESS
}

/// Writes all schemas into a folder of the workspace, and says what to write into the files.
pub fn write(system: &dyn System, folder: Option<&str>, ids: &Ids, out: &Output) -> u8 {
    let folder = folder.map(|folder| folder.trim_end_matches('/'));
    let schemas = match folder {
        Some(folder) => editors::schemas(folder, ids),
        None => editors::own_folder(ids),
    };
    for (place, schema) in schemas {
        if let Err(error) = system.write(&place, &schema) {
            out.fault(say!("{place} cannot be written: {error}", place, error));
            return OUTPUT;
        }
    }
    out.line(say!("Written. Let the first line of each file say which schema it follows:"));
    for schema in FileSchema::every_kind() {
        let path = schema.file.path;
        out.plain(format!("  {path}"));
        out.plain(format!("    {}", editors::line(folder.unwrap_or(editors::SCHEMAS), path, &schema)));
    }
    SUCCESS
}
