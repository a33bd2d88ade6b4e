//! What an editor with yaml-language-server goes by: the schemas of a workspace in a folder of their own, and the line of each file that names its schema.

use crate::load::{AuthoredFile, FileSchema, Ids};
use crate::system::Bytes;

/// Where the schemas lie that new files name: they are made anew at any time, so version control passes them over.
pub const SCHEMAS: &str = ".schema";

/// The first line of a file at a path of the workspace; none where the program has no schema for it.
pub fn modeline(path: &str) -> Option<String> {
    Some(format!("{}\n", line(SCHEMAS, path, &AuthoredFile::at(path)?.schema())))
}

/// The same of a file of a translation.
#[must_use]
pub fn modeline_of_words(path: &str) -> Option<String> {
    Some(format!("{}\n", line(SCHEMAS, path, &AuthoredFile::at(path)?.schema_of_words()?)))
}

/// The line that names the schema of a file, by the way from the one to the other.
#[must_use]
pub fn line(folder: &str, path: &str, schema: &FileSchema) -> String {
    let up = "../".repeat(path.matches('/').count());
    format!("# yaml-language-server: $schema={up}{}", place(folder, schema))
}

fn place(folder: &str, schema: &FileSchema) -> String {
    format!("{folder}/{}.schema.json", schema.name)
}

/// The schemas of all kinds of file, with these ids.
#[must_use]
pub fn schemas(folder: &str, ids: &Ids) -> Vec<(String, Bytes)> {
    FileSchema::every_kind().iter().map(|schema| (place(folder, schema), schema.text(ids).into())).collect()
}

/// The folder that new files name.
#[must_use]
pub fn own_folder(ids: &Ids) -> Vec<(String, Bytes)> {
    let ignored = (format!("{SCHEMAS}/.gitignore"), "*\n".to_owned().into());
    schemas(SCHEMAS, ids).into_iter().chain([ignored]).collect()
}
