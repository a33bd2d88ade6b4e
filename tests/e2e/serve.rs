//! `belagg serve`: what a browser is told while files change, who may ask, and what is written back.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::{Value as Json, json};

use crate::workspace::{CHAPTER, FINDINGS, REPORT, Workspace};

/// Longer than any report of these tests takes on a busy machine.
const LONG: Duration = Duration::from_secs(60);

/// The program serving a workspace.
struct Preview {
    child: Child,
    port: u16,
    key: String,
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Preview {
    fn new(workspace: &Workspace) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_belagg"))
            .args(["--lang", "en", "serve", "--no-open"])
            .current_dir(workspace.path(""))
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let (port, key) = line.trim().strip_prefix("http://127.0.0.1:").unwrap().split_once("/?key=").unwrap();
        Self { child, port: port.parse().unwrap(), key: key.to_owned() }
    }

    /// Sends a request as it is written here, with `{port}` and `{key}` filled in.
    fn raw(&self, request: &str) -> TcpStream {
        let filled = request.replace("{port}", &self.port.to_string()).replace("{key}", &self.key);
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.write_all(filled.as_bytes()).unwrap();
        stream
    }

    /// The answer to a request with these headers: its status, and all of it as text.
    fn ask(&self, method: &str, path: &str, headers: &str, body: &str) -> (u16, String) {
        let length = body.len();
        let request =
            format!("{method} {path} HTTP/1.1\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}");
        let mut answer = Vec::new();
        self.raw(&request).read_to_end(&mut answer).unwrap();
        let text = String::from_utf8_lossy(&answer).into_owned();
        (text.split(' ').nth(1).unwrap().parse().unwrap(), text)
    }

    fn get(&self, path: &str) -> (u16, String) {
        self.ask("GET", path, IN, "")
    }

    fn post(&self, path: &str, body: &Json) -> (u16, String) {
        self.ask("POST", path, &format!("{IN}X-Belagg-Token: {{key}}\r\n"), &body.to_string())
    }

    /// What is told of a report from now on.
    fn news(&self, report: &str) -> News {
        let stream = self.raw(&format!("GET /events/{report} HTTP/1.1\r\n{IN}\r\n"));
        let (send, states) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(stream).lines().map_while(Result::ok) {
                let told = line.strip_prefix("data: ").map(|data| serde_json::from_str(data).unwrap());
                if told.is_some_and(|told: Json| send.send(told).is_err()) {
                    break;
                }
            }
        });
        News(states)
    }
}

/// The headers of a browser that was let in.
const IN: &str = "Host: 127.0.0.1:{port}\r\nCookie: belagg-{port}={key}\r\n";

struct News(Receiver<Json>);

impl News {
    /// The first state that is so.
    #[track_caller]
    fn wait(&self, what: &str, is: impl Fn(&Json) -> bool) -> Json {
        let mut last = Json::Null;
        loop {
            match self.0.recv_timeout(LONG) {
                Ok(now) if is(&now) => return now,
                Ok(now) => last = now,
                Err(_) => panic!("{what} did not come; the last was {last:#}"),
            }
        }
    }
}

fn is_fine(now: &Json) -> bool {
    now["broken"] == false && now["page"].is_string() && now["problems"] == json!([])
}

/// A file, and what breaks the report when it stands there.
fn broken_states() -> Vec<(&'static str, String)> {
    let (report, findings, chapter) =
        ("content/liten/report.yaml", "content/liten/findings/alla.yaml", "content/liten/kapitel.md");
    let instead = |text: &str, old: &str, new: &str| {
        assert!(text.contains(old), "{old}");
        text.replacen(old, new, 1)
    };
    let mut all = Vec::new();
    for (old, new) in [
        ("kind: inspection-report\n", ""),
        ("kind: inspection-report", "kind: inspektion"),
        ("title: Liten rapport\n", ""),
        ("title: Liten rapport", "titel: Liten rapport"),
        ("title: Liten rapport", "title: [Liten"),
        ("title: Liten rapport", "title: \"Liten"),
        ("version: \"1.0\"", "version: ett"),
        ("date: 2024-03-01", "date: 2024-13-01"),
        ("date: 2024-03-01", "date: i mars"),
        ("date: 2024-03-01\n", ""),
        ("status: published", "status: klar"),
        ("publisher: Exempelstad, ", ""),
        ("units: {norr: Norr", "units: {norr: [Norr]"),
        ("chapters: [kapitel.md]", "chapters: [saknas.md]"),
        ("chapters: [kapitel.md]", "chapters: []"),
        ("chapters: [kapitel.md]", "chapters: [../annat.md]"),
        ("chapters: [kapitel.md]", "\tchapters: [kapitel.md]"),
        ("chapters: [kapitel.md]", "chapters: [kapitel.md]\nchapters: [kapitel.md]"),
        ("chapters: [kapitel.md]", "chapters: [kapitel.md]\nlanguage: klingon"),
        ("chapters: [kapitel.md]", "chapters: [kapitel.md]\nokänd: 1"),
    ] {
        all.push((report, instead(REPORT, old, new)));
    }
    for (old, new) in [
        ("women: 20", "women: tjugo"),
        ("women: 20", "women: 20,5"),
        ("women: 20", "women: -20"),
        ("women: 20", "women: [20"),
        ("women: 20", "womn: 20"),
        ("base: cases}", "base: fall}"),
        ("cases: {label", "ca ses: {label"),
        ("  plans:", "plans:"),
        ("  plans:", "   plans:"),
        ("label: granskade ärenden, ", ""),
        ("columns: [women, men]", "columns: [women, kvinnor]"),
        ("columns: [women, men]", "columns: women"),
        ("columns: [women, men]\n", "\n"),
        ("women: 12, men: 8", "women: 12"),
        ("women: 12, men: 8", "women: 12, men: 8, barn: 1"),
        ("label: Söder", "label: Norr"),
        ("caption: Besök per enhet\n", "\n"),
        ("rows:", "rows: []\n    rader:"),
        ("tables:", "tabeller:"),
    ] {
        all.push((findings, instead(FINDINGS, old, new)));
    }
    for (old, new) in [
        ("{{ plans | full }}", "{{ planer | full }}"),
        ("{{ plans | full }}", "{{ plans | fullt }}"),
        ("{{ plans | full }}", "{{ plans | | }}"),
        ("{{ plans | full }}", "{{ plans"),
        ("[](#table-visits)", "[](#table-besok)"),
        ("{{ table visits }}", "{{ table besok }}"),
        ("{{ table visits }}", "{{ tabell visits }}"),
        ("{{ table visits }}", "![](saknas.png)"),
        ("se [](#table-visits)", "se noten[^1]"),
        ("se [](#table-visits)", "se <b>tabellen</b>"),
    ] {
        all.push((chapter, instead(CHAPTER, old, new)));
    }
    all.push((chapter, String::new()));
    all.push(("belagg.yaml", "rules: {TAB012: av, TAB013: off}\n".to_owned()));
    all.push(("templates/html/report.html", "{% block".to_owned()));
    all.push(("templates/locales/sv.json", "{\"contents\": ".to_owned()));
    all
}

#[test]
fn a_broken_state_keeps_the_last_page_and_clears_by_itself() {
    let workspace = Workspace::small();
    let before = workspace.files("");
    let preview = Preview::new(&workspace);
    let news = preview.news("liten");
    let page = news.wait("the first page", is_fine)["page"].clone();
    let states = broken_states();
    assert!(states.len() >= 50, "{}", states.len());
    for (file, text) in &states {
        let old = before.iter().any(|known| known == file).then(|| workspace.bytes(file));
        workspace.file(file, text);
        let now = news.wait(&format!("that {file} is broken by\n{text}\n"), |now| now["broken"] == true);
        assert_eq!(now["page"], page, "the last good page stays");
        let error = now["problems"].as_array().unwrap().iter().find(|problem| problem["severity"] == "error").unwrap();
        assert!(!error["message"].as_str().unwrap().is_empty() && !error["code"].as_str().unwrap().is_empty());
        match old {
            Some(bytes) => drop(workspace.file(file, bytes)),
            None => std::fs::remove_file(workspace.path(file)).unwrap(),
        }
        let now = news.wait(&format!("that {file} is mended"), is_fine);
        assert_eq!(now["page"], page, "the same files are the same page");
    }
    let (status, text) = preview.get("/site/liten/1.0/index.html");
    assert!(status == 200 && text.contains("<h1>Liten rapport</h1>"), "{text}");
}

#[test]
fn a_page_that_the_checks_refuse_gives_way_to_the_last_one() {
    let workspace = Workspace::small();
    workspace.file("belagg.yaml", "rules: {TAB012: off, TAB013: off, EVI001: error}\n");
    let preview = Preview::new(&workspace);
    let news = preview.news("liten");
    let is_set = |now: &Json| is_fine(now) && now["setting"] == false && now["sheets"] != json!([]);
    let first = news.wait("the first page", is_set);
    let (first, sheets) = (first["page"].clone(), first["sheets"].clone());
    // Nothing but a rule objects to a number that nobody has counted.
    workspace.chapter(format!("{CHAPTER}\nI 37 av 41 ärenden saknas något.\n"));
    let now = news.wait("the finding", |now| now["broken"] == true);
    assert_eq!(now["page"], first, "the last page without errors stands again");
    assert_eq!(now["problems"][0]["code"], "EVI001");
    assert!(!preview.get("/site/liten/1.0/index.html").1.contains("saknas något"));
    if now["sheets"] != sheets {
        news.wait("that its printed pages stand again", |now| now["sheets"] == sheets);
    }
    workspace.chapter(CHAPTER);
    assert_eq!(news.wait("that it is mended", is_fine)["page"], first);
    // A state that the checks have nothing against is shown once, and stays.
    workspace.chapter(CHAPTER.replace("finns en plan", "finns numera en plan"));
    let shown = news.wait("the changed page", |now| now["page"] != first);
    let last = news.wait("that it is set", |now| now["setting"] == false && now["page"] != first);
    assert_eq!((&shown["page"], &shown["broken"]), (&last["page"], &false.into()));
}

#[test]
fn page_and_printed_pages_follow_and_nothing_is_written() {
    let workspace = Workspace::small();
    let before = workspace.files("");
    let preview = Preview::new(&workspace);
    let news = preview.news("liten");
    let first = news.wait("pages", |now| is_fine(now) && now["sheets"].as_array().is_some_and(|all| !all.is_empty()));
    let printed = |hash: &Json| preview.get(&format!("/sheets/liten/{}", hash.as_str().unwrap()));
    let (status, picture) = printed(&first["sheets"][0][0]);
    assert!(status == 200 && picture.contains("<svg"));
    // A file is emptied first and filled then, as editors do: nothing of that is told.
    workspace.chapter("");
    std::thread::sleep(Duration::from_millis(20));
    workspace.chapter(CHAPTER.replace("finns en plan", "finns numera en plan"));
    let mut states = Vec::new();
    loop {
        let now = news.wait("the changed page", |_| true);
        states.push(now.clone());
        if now["page"] != first["page"] && now["sheets"] != first["sheets"] {
            break;
        }
    }
    assert!(states.iter().all(|now| now["broken"] == false), "half a file was told as broken");
    let now = states.last().unwrap();
    assert_eq!(now["sheets"][0], first["sheets"][0], "a page that is printed as before keeps its picture");
    assert!(preview.get("/site/liten/1.0/index.html").1.contains("numera"));
    assert!(preview.get("/site/liten/1.0/data/visits.csv").1.contains("Norr"), "what only a publication has");
    assert_eq!(workspace.files(""), before, "nothing is written");
}

#[test]
fn only_a_browser_that_was_let_in_is_answered() {
    let workspace = Workspace::small();
    let preview = Preview::new(&workspace);
    let host = "Host: 127.0.0.1:{port}\r\n";
    let cookie = "Cookie: belagg-{port}={key}\r\n";
    let status = |method: &str, path: &str, headers: &str| preview.ask(method, path, headers, "{}").0;
    assert_eq!(status("GET", "/report/liten", IN), 200);
    assert_eq!(status("GET", "/", host), 403, "no key");
    assert_eq!(status("GET", "/?key=0", host), 403, "a wrong key");
    assert_eq!(status("GET", "/?key={key}", host), 303);
    for path in ["/report/liten", "/site/liten/1.0/index.html", "/events/liten", "/app/report.js", "/figures/liten"] {
        assert_eq!(status("GET", path, host), 403, "{path}");
        assert_eq!(
            status("GET", path, &format!("Host: example.com\r\n{cookie}")),
            403,
            "{path}: a name that leads here"
        );
        let foreign = format!("{IN}Origin: http://example.com\r\n");
        assert_eq!(status("GET", path, &foreign), 403, "{path}: a page of somebody else's");
    }
    let own = format!("{IN}Origin: http://127.0.0.1:{{port}}\r\n");
    assert_eq!(status("POST", "/undo", &own), 403, "a write without its token");
    assert_eq!(status("POST", "/undo", &format!("{own}X-Belagg-Token: 0\r\n")), 403);
    assert_eq!(status("POST", "/undo", &format!("{own}X-Belagg-Token: {{key}}\r\n")), 200);
    let (_, shell) = preview.get("/report/liten");
    for wanted in
        ["content-security-policy: default-src 'none'; script-src 'self'", "nosniff", "no-store", "same-origin"]
    {
        assert!(shell.contains(wanted), "{wanted}: {shell}");
    }
    let up = "..%2F..%2Fcontent%2Fliten%2Freport.yaml";
    // A way up leads somewhere only from a folder that is there.
    workspace.file("output/liten/latest.html", "a notice");
    assert_eq!(status("GET", "/site/liten/latest.html", IN), 200, "what lies beside the versions");
    for outside in [
        "/site/liten/1.0/../../belagg.yaml".to_owned(),
        format!("/site/liten/{up}"),
        format!("/site/liten/1.0/{up}"),
        "/site/..%2Fcontent%2Fliten/report.yaml".to_owned(),
        format!("/app/{up}"),
        "/sheets/liten/x".to_owned(),
    ] {
        assert_ne!(status("GET", &outside, IN), 200, "{outside}");
    }
}

#[test]
fn the_key_is_kept_from_scripts_and_other_sites() {
    let workspace = Workspace::small();
    let preview = Preview::new(&workspace);
    let (status, answer) = preview.ask("GET", "/?key={key}", "Host: 127.0.0.1:{port}\r\n", "");
    let cookie = format!("set-cookie: belagg-{}={}; Path=/; HttpOnly; SameSite=Strict\r\n", preview.port, preview.key);
    assert!(status == 303 && answer.contains(&cookie), "{answer}");
    let other = Preview::new(&workspace);
    assert!(preview.key.len() == 48 && preview.key != other.key, "each run has its own");
    assert_eq!(other.ask("GET", "/report/liten", &IN.replace("{key}", &preview.key), "").0, 403);
}

#[test]
fn no_other_address_of_this_machine_is_listened_on() {
    let workspace = Workspace::small();
    let preview = Preview::new(&workspace);
    assert!(TcpStream::connect(("127.0.0.1", preview.port)).is_ok());
    // Where it listened on all addresses, another of the loopback's would lead to it as well.
    assert!(TcpStream::connect(("127.0.0.2", preview.port)).is_err());
}

#[test]
fn pages_keep_their_policy_and_files_run_nothing() {
    let workspace = Workspace::small();
    let preview = Preview::new(&workspace);
    preview.news("liten").wait("the page", is_fine);
    let (status, page) = preview.get("/site/liten/1.0/index.html");
    assert!(
        status == 200 && page.contains("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'"),
        "{page}"
    );
    assert!(page.contains("content-security-policy: frame-ancestors 'self'\r\n"), "{page}");
    let (status, file) = preview.get("/site/liten/1.0/data/visits.csv");
    let policy =
        "content-security-policy: default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'\r\n";
    assert!(status == 200 && file.contains(policy), "{file}");
}

#[test]
fn what_is_changed_in_the_browser_is_written_where_it_came_from() {
    let workspace = Workspace::small();
    let preview = Preview::new(&workspace);
    let news = preview.news("liten");
    let page = news.wait("the page", is_fine)["page"].clone();
    let (status, marked) = preview.get(&format!("/places/liten/{}", page.as_str().unwrap()));
    assert_eq!(status, 200);
    let list = marked.split_once("<pre id=\"BelaggPlaces\">").unwrap().1.split_once("</pre>").unwrap().0;
    let places: Vec<Json> = serde_json::from_str(&list.replace("&lt;", "<").replace("&amp;", "&")).unwrap();
    let place = |kind: &str, text: &str| {
        let is =
            |place: &&Json| place["kind"] == kind && place["text"].as_str().is_some_and(|found| found.contains(text));
        places.iter().find(is).unwrap_or_else(|| panic!("no {kind} {text} in {places:#?}")).clone()
    };
    let edit = |place: &Json, text: &str| {
        let mut asked = place.clone();
        asked["text"] = text.into();
        preview.post("/edit/liten", &asked).0
    };
    // Running text, with its bindings.
    let paragraph = place("text", "finns en plan");
    assert_eq!(paragraph["raw"], "I {{ plans | full }} finns en plan, se [](#table-visits).");
    assert_eq!(edit(&paragraph, "I {{ plans | full }} finns ingen plan, se [](#table-visits)."), 200);
    assert_eq!(workspace.read("content/liten/kapitel.md"), CHAPTER.replace("en plan", "ingen plan"));
    news.wait("the changed page", |now| is_fine(now) && now["page"] != page);
    // It is no longer what was seen.
    assert_eq!(edit(&paragraph, "x"), 409);
    // A caption of YAML, which has to be quoted then, and the title.
    assert_eq!(edit(&place("caption", "Besök per enhet"), "Besök: per enhet"), 200);
    assert!(workspace.read("content/liten/findings/alla.yaml").contains("caption: \"Besök: per enhet\"\n"));
    assert_eq!(edit(&place("title", "Liten rapport"), "Mindre rapport"), 200);
    assert!(workspace.read("content/liten/report.yaml").contains("title: Mindre rapport\n"));
    // A value, by what the figure comes from.
    let (_, told) = preview.get("/about/liten/figure/plans");
    let told: Json = serde_json::from_str(told.split_once("\r\n\r\n").unwrap().1).unwrap();
    assert_eq!(
        (&told["steps"][0]["id"], &told["steps"][0]["file"]),
        (&json!("plans"), &json!("content/liten/findings/alla.yaml"))
    );
    let women = told["values"].as_array().unwrap().iter().find(|value| value["text"] == "16").unwrap();
    assert_eq!(edit(women, "15"), 200);
    assert!(workspace.read("content/liten/findings/alla.yaml").contains("women: 15, men: 9"));
    let (_, told) = preview.get("/about/liten/cell/visits/norr/women");
    let told: Json = serde_json::from_str(told.split_once("\r\n\r\n").unwrap().1).unwrap();
    assert_eq!(told["values"][0]["text"], "12", "{told:#}");
    // All of it is taken back, the last first.
    for _ in 0..4 {
        assert_eq!(preview.post("/undo", &json!({})).0, 200);
    }
    assert_eq!(workspace.read("content/liten/kapitel.md"), CHAPTER);
    assert_eq!(workspace.read("content/liten/findings/alla.yaml"), FINDINGS);
    assert_eq!(workspace.read("content/liten/report.yaml"), REPORT);
    // Nothing but what the report is made of.
    for file in ["belagg.txt", "../x", "content/liten/versions/1.0.yaml", "Cargo.toml"] {
        let asked = json!({"file": file, "start": 0, "raw": "", "text": "x"});
        assert_eq!(preview.post("/edit/liten", &asked).0, 403, "{file}");
    }
}

/// The JSON of an answer.
fn told((status, answer): (u16, String)) -> (u16, Json) {
    let body = answer.split_once("\r\n\r\n").map_or("", |(_, body)| body);
    (status, serde_json::from_str(body).unwrap_or(Json::Null))
}

#[test]
fn a_report_is_begun_in_the_browser_by_the_questions_of_the_terminal() {
    let workspace = Workspace::empty();
    let preview = Preview::new(&workspace);
    let (status, home) = preview.get("/");
    assert!(status == 303 && home.contains("location: /new\r\n"), "{home}");
    let (status, form) = preview.get("/new");
    assert_eq!(status, 200);
    for part in [
        "<html lang=\"en\">",
        "<legend>What kind of document is it?</legend>",
        "value=\"report\" checked",
        "<strong>decision-page</strong> a page for a committee",
        "<label for=\"name\">What is the report called?</label>",
        "name=\"name\" value=\"my-report\"",
        "value=\"en\" checked",
        "<label for=\"publisher\">Who publishes it?</label>",
    ] {
        assert!(form.contains(part), "{part}: {form}");
    }
    // As every write: not without the key, not from another page.
    let asked = json!({"kind": "report", "name": "mote", "language": "sv", "publisher": "Norrby"});
    let token = "X-Belagg-Token: {key}\r\n";
    for headers in [
        IN.to_owned(),
        format!("Host: 127.0.0.1:{{port}}\r\n{token}"),
        format!("{IN}{token}Origin: http://example.org\r\n"),
        format!("Host: example.org:{{port}}\r\nCookie: belagg-{{port}}={{key}}\r\n{token}"),
        format!("{IN}X-Belagg-Token: 0\r\n"),
    ] {
        assert_eq!(preview.ask("POST", "/new", &headers, &asked.to_string()).0, 403, "{headers}");
    }
    for body in ["", "[]", "{\"kind\": 1}"] {
        assert_eq!(preview.ask("POST", "/new", &format!("{IN}{token}"), body).0, 400, "{body}");
    }
    assert!(workspace.files("").is_empty());
    // Every answer that cannot be taken is told beside its question.
    let (status, faults) = told(preview.post("/new", &json!({"kind": "bok", "name": "../a", "language": "nb"})));
    assert_eq!(status, 422);
    for (topic, part) in [("kind", "no kind of report `bok`"), ("name", "try `a`"), ("language", "Norwegian")] {
        assert!(faults["faults"][topic].as_str().unwrap().contains(part), "{faults}");
    }
    assert_eq!(told(preview.post("/new", &asked)), (200, json!({"report": "mote"})));
    assert!(workspace.read("belagg.yaml").contains("\nlanguage: sv\npublisher:\n  name: \"Norrby\"\n# Antal"));
    assert!(workspace.read("content/mote/report.yaml").contains("  publisher: \"Norrby\"\n"));
    // Its preview is there at once.
    assert_eq!(preview.get("/report/mote").0, 200);
    preview.news("mote").wait("the new report", is_fine);
    let (status, faults) = told(preview.post("/new", &asked));
    assert!(status == 422 && faults["faults"]["name"].as_str().unwrap().contains("is there already"), "{faults}");
    let (_, list) = preview.get("/reports");
    assert!(list.contains("href=\"/report/mote\"") && list.contains("href=\"/new\""), "{list}");
}

#[test]
fn a_typed_number_is_bound_to_what_matches_or_becomes_a_figure() {
    let workspace = Workspace::small();
    let text = format!(
        "{CHAPTER}\nAv 40 granskade ärenden saknas inget.\n\nUnder året kom 312 brev. Av dessa var 39 anonyma. Drygt 70 kort kom.\n"
    );
    workspace.chapter(&text);
    let preview = Preview::new(&workspace);
    let news = preview.news("liten");
    let numbers = || {
        // The last page that was told may have been followed by another.
        let marked = loop {
            let now = news.wait("a page", |now| now["page"].is_string() && now["broken"] == false);
            let (status, marked) = preview.get(&format!("/places/liten/{}", now["page"].as_str().unwrap()));
            if status == 200 {
                break marked;
            }
        };
        let list = marked.split_once("<pre id=\"BelaggPlaces\">").unwrap().1.split_once("</pre>").unwrap().0;
        let places: Vec<Json> = serde_json::from_str(&list.replace("&lt;", "<").replace("&amp;", "&")).unwrap();
        places.into_iter().filter(|place| place["kind"] == "number").collect::<Vec<Json>>()
    };
    let all = numbers();
    let raw: Vec<&str> = all.iter().map(|number| number["raw"].as_str().unwrap()).collect();
    assert_eq!(raw.iter().collect::<std::collections::BTreeSet<_>>().len(), 4, "{all:#?}");
    let number = |raw: &str| all.iter().find(|number| number["raw"] == raw).unwrap().clone();
    let matching = number("40");
    assert_eq!(
        (&matching["binding"], &matching["label"]),
        (&json!("{{ cases }}"), &json!("granskade ärenden")),
        "{matching:#}"
    );
    let offer = |number: &Json| {
        told(preview.get(&format!("/offer/liten/{}/{}", number["start"], number["file"].as_str().unwrap()))).1
    };
    let label = offer(&number("39"))["label"].as_str().unwrap().to_owned();
    assert!(label.ends_with("anonyma"), "{label}");
    let never = offer(&number("70"));
    assert!(never["label"].is_null() && never["why"].as_str().unwrap().contains("not exact"), "{never}");
    // The part brings its whole with it; the last one written is the first to be taken back.
    let make = |number: &Json, label: &str| {
        let asked = json!({"file": number["file"], "start": number["start"], "raw": number["raw"], "label": label});
        preview.post("/figure/liten", &asked)
    };
    assert_eq!(make(&number("70"), "kort").0, 500);
    assert_eq!(make(&number("39"), " ").0, 500);
    let (status, answer) = make(&number("39"), &label);
    assert_eq!(status, 200, "{answer}");
    let findings = workspace.read("content/liten/findings/proposed.yaml");
    assert!(findings.contains("count: 312}\n") && findings.contains("count: 39, base: "), "{findings}");
    let bound = workspace.read("content/liten/kapitel.md");
    assert!(bound.contains("Av dessa var {{ ") && bound.contains("kom 312 brev"), "{bound}");
    assert_eq!(make(&number("39"), &label).0, 409, "it does not stand there any more");
    workspace.run(&["check"]).expect(0);
    // Another one stands behind it in the file, under the label that its author wrote.
    let seen = loop {
        let seen = numbers();
        if !seen.iter().any(|number| number["raw"] == "39") {
            break seen;
        }
    };
    let other = seen.iter().find(|number| number["raw"] == "312").unwrap();
    assert!(other["binding"].is_string(), "the whole matches now: {other:#}");
    assert_eq!(preview.post("/undo", &json!({})).0, 200);
    assert_eq!(workspace.read("content/liten/kapitel.md"), text);
    assert!(!workspace.path("content/liten/findings/proposed.yaml").exists());
    // Written behind what was proposed before, and out of it again.
    let before = "figures:\n  brev: {label: brev, count: 5}";
    workspace.file("content/liten/findings/proposed.yaml", format!("{before}\n"));
    let (status, answer) = make(&number("312"), "inkomna brev: alla");
    assert_eq!(status, 200, "{answer}");
    let findings = workspace.read("content/liten/findings/proposed.yaml");
    assert!(findings.starts_with(&format!("{before}\n  # content/liten/kapitel.md:")), "{findings}");
    assert!(findings.ends_with(": {label: \"inkomna brev: alla\", count: 312}\n"), "{findings}");
    assert_eq!(preview.post("/undo", &json!({})).0, 200);
    assert_eq!(workspace.read("content/liten/findings/proposed.yaml"), format!("{before}\n"));
    // A binding is an edit as any other.
    let edit = json!({"file": matching["file"], "start": matching["start"], "raw": "40", "text": "{{ cases }}", "as_it_is": true});
    assert_eq!(preview.post("/edit/liten", &edit).0, 200);
    assert!(workspace.read("content/liten/kapitel.md").contains("Av {{ cases }} granskade ärenden"));
}
