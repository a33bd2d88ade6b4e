//! The language server, spoken with as an editor does: on standard input and output.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

use crate::workspace::{CHAPTER, FINDINGS, Workspace, program};

struct Client {
    child: Child,
    out: BufReader<ChildStdout>,
    root: String,
    id: u64,
    /// What was told last, by file.
    told: std::collections::BTreeMap<String, Value>,
}

impl Client {
    fn open(workspace: &Workspace) -> Self {
        let root = workspace.path("").canonicalize().unwrap();
        let mut child = Command::new(program())
            .args(["lsp", "-C"])
            .arg(&root)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        let root = format!("file://{}", root.display());
        let mut client = Self { child, out, root, id: 0, told: Default::default() };
        let told = client.ask("initialize", json!({"capabilities": {}, "processId": null, "rootUri": client.root}));
        assert_eq!(told["capabilities"]["renameProvider"]["prepareProvider"], true);
        client.send(json!({"method": "initialized", "params": {}}));
        client
    }

    fn send(&mut self, mut message: Value) {
        message["jsonrpc"] = json!("2.0");
        let text = message.to_string();
        let into = self.child.stdin.as_mut().unwrap();
        write!(into, "Content-Length: {}\r\n\r\n{text}", text.len()).unwrap();
        into.flush().unwrap();
    }

    fn receive(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut line = String::new();
            assert!(self.out.read_line(&mut line).unwrap() > 0, "the server has ended");
            match line.trim().split_once(": ") {
                Some(("Content-Length", number)) => length = number.parse().unwrap(),
                Some(_) => {}
                None => break,
            }
        }
        let mut bytes = vec![0; length];
        self.out.read_exact(&mut bytes).unwrap();
        let message: Value = serde_json::from_slice(&bytes).unwrap();
        if message["method"] == "textDocument/publishDiagnostics" {
            let uri = message["params"]["uri"].as_str().unwrap().replace(&format!("{}/", self.root), "");
            self.told.insert(uri, message["params"]["diagnostics"].clone());
        }
        message
    }

    fn answer(&mut self, method: &str, params: Value) -> Value {
        self.id += 1;
        self.send(json!({"id": self.id, "method": method, "params": params}));
        loop {
            let message = self.receive();
            if message["id"] == self.id {
                return message;
            }
        }
    }

    fn ask(&mut self, method: &str, params: Value) -> Value {
        let message = self.answer(method, params);
        assert!(message["error"].is_null(), "{message}");
        message["result"].clone()
    }

    fn uri(&self, path: &str) -> String {
        format!("{}/{path}", self.root)
    }

    fn open_file(&mut self, path: &str, text: &str) {
        let uri = self.uri(path);
        let document = json!({"uri": uri, "languageId": "x", "version": 1, "text": text});
        self.send(json!({"method": "textDocument/didOpen", "params": {"textDocument": document}}));
    }

    fn change(&mut self, path: &str, text: &str) {
        let uri = self.uri(path);
        let params = json!({"textDocument": {"uri": uri, "version": 2}, "contentChanges": [{"text": text}]});
        self.send(json!({"method": "textDocument/didChange", "params": params}));
    }

    /// The problems of a file, when something is told of it.
    fn problems(&mut self, path: &str) -> Vec<Value> {
        self.told.remove(path);
        while !self.told.contains_key(path) {
            self.receive();
        }
        self.told[path].as_array().unwrap().clone()
    }

    /// A question about the place behind the first `before` of a text, in code units of UTF-16.
    fn about(&mut self, method: &str, path: &str, text: &str, before: &str) -> Value {
        let at = text.find(before).unwrap_or_else(|| panic!("no {before}")) + before.len();
        let line = text[..at].matches('\n').count();
        let column = text[..at].rsplit('\n').next().unwrap().encode_utf16().count();
        let uri = self.uri(path);
        let mut params = json!({"textDocument": {"uri": uri}, "position": {"line": line, "character": column}});
        if method.ends_with("references") {
            params["context"] = json!({"includeDeclaration": true});
        }
        self.ask(method, params)
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const TEXT: &str = "content/liten/kapitel.md";
const DATA: &str = "content/liten/findings/alla.yaml";

fn labels(items: &Value) -> Vec<&str> {
    items.as_array().unwrap().iter().map(|item| item["label"].as_str().unwrap()).collect()
}

#[test]
fn what_is_typed_is_checked_before_it_is_saved_and_mended_by_a_click() {
    let workspace = Workspace::small();
    let mut client = Client::open(&workspace);
    client.open_file(TEXT, CHAPTER);
    let broken = CHAPTER.replace("I {{ plans", "I 😀 {{ plan");
    client.change(TEXT, &broken);
    let found = client.problems(TEXT);
    let problem = found.iter().find(|found| found["code"] == "FIG001").unwrap_or_else(|| panic!("{found:?}"));
    assert_eq!((problem["severity"].clone(), problem["source"].clone()), (json!(1), json!("belagg")));
    // Behind a character that is two code units of UTF-16.
    assert_eq!(problem["range"]["start"], json!({"line": 2, "character": 8}));
    let uri = client.uri(TEXT);
    let asked = json!({"textDocument": {"uri": uri}, "range": problem["range"], "context": {"diagnostics": []}});
    let actions = client.ask("textDocument/codeAction", asked);
    let edit = &actions[0]["edit"]["changes"][&uri][0];
    assert_eq!(edit["newText"], "plans", "{actions}");
    // Mended, nothing is wrong any more; the file on disk was never touched.
    client.change(TEXT, CHAPTER);
    assert!(!client.problems(TEXT).iter().any(|found| found["code"] == "FIG001"));
    assert_eq!(workspace.read(TEXT), CHAPTER);
}

#[test]
fn ids_filters_blocks_keys_and_words_are_offered() {
    let workspace = Workspace::small();
    let mut client = Client::open(&workspace);
    let text = format!("{CHAPTER}\nDet {{{{ x | y }}}} [t](#z) {{{{ ta");
    client.open_file(TEXT, &text);
    let complete =
        |client: &mut Client, path, text: &str, before| client.about("textDocument/completion", path, text, before);
    let found = complete(&mut client, TEXT, &text, "Det {{ ");
    let all = labels(&found);
    for label in ["plans", "visits.norr", "table", "key-figures"] {
        assert!(all.contains(&label), "{label}: {all:?}");
    }
    let found = complete(&mut client, TEXT, &text, "{{ x | ");
    assert!(labels(&found).contains(&"percent") && labels(&found).contains(&"more-or-less"));
    let found = complete(&mut client, TEXT, &text, "[t](#");
    assert!(labels(&found).contains(&"table-visits") && labels(&found).contains(&"resultat"), "{found}");
    let data = format!("{FINDINGS}    no\nfigures2: x\n").replace("base: cases}", "ba}");
    client.open_file(DATA, &data);
    let found = complete(&mut client, DATA, &data, "men: 9, ba");
    assert!(labels(&found).contains(&"base") && !labels(&found).contains(&"stub"), "{found}");
    let found = complete(&mut client, DATA, &data, "    no");
    assert!(labels(&found).contains(&"note") && labels(&found).contains(&"stub"), "{found}");
    let report = workspace.read("content/liten/report.yaml");
    client.open_file("content/liten/report.yaml", &report);
    let found = complete(&mut client, "content/liten/report.yaml", &report, "status: pub");
    assert!(labels(&found).contains(&"published"), "{found}");
}

#[test]
fn a_name_shows_its_value_leads_to_its_definition_and_is_found_everywhere() {
    let workspace = Workspace::small();
    let mut client = Client::open(&workspace);
    client.open_file(TEXT, CHAPTER);
    let shown = client.about("textDocument/hover", TEXT, CHAPTER, "{{ pl");
    let shown = shown["contents"]["value"].as_str().unwrap();
    assert!(shown.contains("**25") && shown.contains("`cases`"), "value and chain: {shown}");
    let defined = client.about("textDocument/definition", TEXT, CHAPTER, "{{ pl");
    assert_eq!(defined["uri"], client.uri(DATA));
    assert_eq!(defined["range"]["start"], json!({"line": 2, "character": 2}));
    let defined = client.about("textDocument/definition", TEXT, CHAPTER, "#table-vi");
    assert_eq!(defined["range"]["start"]["line"], 4);
    let uses = client.about("textDocument/references", TEXT, CHAPTER, "#table-vi");
    assert_eq!(uses.as_array().unwrap().len(), 3, "the definition, the table and what refers to it: {uses}");
    let uri = client.uri(DATA);
    let outline = client.ask("textDocument/documentSymbol", json!({"textDocument": {"uri": uri}}));
    let names: Vec<&str> = outline.as_array().unwrap().iter().map(|symbol| symbol["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["cases", "plans", "visits"]);
}

/// Makes the edits of a rename in the files.
fn write(workspace: &Workspace, client: &Client, edit: &Value) {
    for (uri, edits) in edit["changes"].as_object().unwrap() {
        let path = uri.replace(&format!("{}/", client.root), "");
        let mut lines: Vec<Vec<u16>> =
            workspace.read(&path).split('\n').map(|line| line.encode_utf16().collect()).collect();
        let mut edits: Vec<&Value> = edits.as_array().unwrap().iter().collect();
        let place =
            |edit: &Value, end: &str, key: &str| usize::try_from(edit["range"][end][key].as_u64().unwrap()).unwrap();
        edits.sort_by_key(|edit| std::cmp::Reverse((place(edit, "start", "line"), place(edit, "start", "character"))));
        for edit in edits {
            let within = place(edit, "start", "character")..place(edit, "end", "character");
            let new: Vec<u16> = edit["newText"].as_str().unwrap().encode_utf16().collect();
            lines[place(edit, "start", "line")].splice(within, new);
        }
        let lines: Vec<String> = lines.iter().map(|line| String::from_utf16(line).unwrap()).collect();
        workspace.file(&path, lines.join("\n"));
    }
}

#[test]
fn a_renamed_id_is_renamed_everywhere_and_the_report_says_the_same() {
    let workspace = Workspace::small();
    let text = format!("{CHAPTER}\nI Norr gjordes {{{{ visits.norr }}}} besök, se [](#resultat).\n");
    workspace.file(TEXT, &text);
    workspace.file("charts/liten/besok.yaml", "table: visits\nmark: bar\ncaption: Besök\n");
    workspace.file(TEXT, format!("{text}\n{{{{ chart besok }}}}\n"));
    workspace.run(&["build"]).expect(0);
    let before = workspace.read("output/liten/1.0/index.html");
    let words = |page: &str| {
        page.split('<').filter_map(|part| part.split_once('>')).map(|(_, words)| words.to_owned()).collect::<String>()
    };
    let mut client = Client::open(&workspace);
    for (at, path, new) in [("{{ pl", TEXT, "planer"), ("table vis", TEXT, "besoken"), ("{#resul", TEXT, "slutsats")] {
        let now = workspace.read(path);
        client.open_file(path, &now);
        let line = now[..now.find(at).unwrap()].matches('\n').count();
        let column = now[..now.find(at).unwrap() + at.len()].rsplit('\n').next().unwrap().encode_utf16().count();
        let uri = client.uri(path);
        let asked =
            json!({"textDocument": {"uri": uri}, "position": {"line": line, "character": column}, "newName": new});
        let edit = client.ask("textDocument/rename", asked);
        write(&workspace, &client, &edit);
        client.send(json!({"method": "textDocument/didClose", "params": {"textDocument": {"uri": client.uri(path)}}}));
        workspace.run(&["build"]).expect(0);
    }
    assert_eq!(words(&workspace.read("output/liten/1.0/index.html")).replace("besoken", "visits"), words(&before));
    assert!(workspace.read("charts/liten/besok.yaml").contains("table: besoken"));
    assert!(workspace.read(TEXT).contains("{{ besoken.norr }}") && workspace.read(TEXT).contains("#table-besoken"));
    // A name that is taken.
    let now = workspace.read(TEXT);
    client.open_file(TEXT, &now);
    let column = now.lines().nth(2).unwrap().find("{{ pl").unwrap() + 5;
    let uri = client.uri(TEXT);
    let asked = json!({"textDocument": {"uri": uri}, "position": {"line": 2, "character": column}, "newName": "cases"});
    let refused = client.answer("textDocument/rename", asked);
    assert!(refused["error"]["message"].as_str().unwrap().contains("is it taken?"), "{refused}");
}

#[test]
fn broken_files_keep_the_names_of_their_last_good_state() {
    let workspace = Workspace::small();
    let mut client = Client::open(&workspace);
    client.open_file(TEXT, CHAPTER);
    client.open_file(DATA, FINDINGS);
    client.about("textDocument/hover", TEXT, CHAPTER, "{{ pl");
    for broken in ["figures: {", "\tfigures:", "figures:\n  plans: [", "\u{0}", ""] {
        client.change(DATA, broken);
        client.change("content/liten/report.yaml", "kind: [");
        let report = client.uri("content/liten/report.yaml");
        let found = client.about("textDocument/completion", TEXT, CHAPTER, "{{ ");
        assert!(found.is_array());
        client.ask("textDocument/documentSymbol", json!({"textDocument": {"uri": report}}));
        let unknown = client.answer("textDocument/unheard", json!({}));
        assert_eq!(unknown["error"]["code"], -32601);
    }
    client.change(DATA, FINDINGS);
    client.change("content/liten/report.yaml", crate::workspace::REPORT);
    let shown = client.about("textDocument/hover", TEXT, CHAPTER, "{{ pl");
    assert!(shown["contents"]["value"].as_str().unwrap().contains("**25"), "{shown}");
    client.ask("shutdown", json!(null));
    client.send(json!({"method": "exit"}));
    assert!(client.child.wait().unwrap().success());
}
