// What an author sees whose editor has yaml-language-server and nothing else: files of `belagg new` are opened as an editor opens them, over standard input
// and output. Right files have no faults, a wrong key has one, and ids that there are are offered.
//
//   node editors.mjs BELAGG SERVER     the program, and bin/yaml-language-server
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [belagg, program] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "belagg-editors-"));
let passed = 0;
let failed = 0;

function hold(what, is, told) {
  console.log(`${is ? "ok" : "FAILED"}: ${what}${is ? "" : `: ${JSON.stringify(told)}`}`);
  is ? (passed += 1) : (failed += 1);
}

/** A language server that is spoken with as an editor does. */
class Server {
  #child;
  #waiting = new Map();
  #left = Buffer.alloc(0);
  #asked = 0;
  #listeners = new Map();

  constructor(program) {
    this.#child = spawn(process.execPath, [program, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
    this.#child.stdout.on("data", (bytes) => this.#read(bytes));
  }

  #read(bytes) {
    this.#left = Buffer.concat([this.#left, bytes]);
    for (;;) {
      const head = this.#left.indexOf("\r\n\r\n");
      if (head < 0) return;
      const length = Number(/Content-Length: (\d+)/i.exec(this.#left.subarray(0, head).toString())[1]);
      if (this.#left.length < head + 4 + length) return;
      const message = JSON.parse(this.#left.subarray(head + 4, head + 4 + length).toString());
      this.#left = this.#left.subarray(head + 4 + length);
      this.#take(message);
    }
  }

  #take(message) {
    if (message.method && message.id !== undefined) {
      // The settings of an editor that has none.
      const result = message.method === "workspace/configuration" ? message.params.items.map(() => null) : null;
      this.#send({ id: message.id, result });
    } else if (message.method === "textDocument/publishDiagnostics") {
      this.#listeners.get(message.params.uri)?.(message.params.diagnostics);
    } else if (message.id !== undefined) {
      this.#waiting.get(message.id)?.(message);
      this.#waiting.delete(message.id);
    }
  }

  #send(message) {
    const text = JSON.stringify({ jsonrpc: "2.0", ...message });
    this.#child.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  }

  tell(method, params) {
    this.#send({ method, params });
  }

  ask(method, params) {
    const id = (this.#asked += 1);
    const answer = within(60, method, (done) => this.#waiting.set(id, done));
    this.#send({ id, method, params });
    return answer.then(({ result, error }) => {
      if (error) throw new Error(`${method}: ${error.message}`);
      return result;
    });
  }

  /** Opens or changes a file; what is wrong with it. */
  faults(uri, text, version) {
    const answer = within(60, uri, (done) => this.#listeners.set(uri, done));
    if (version === 1) this.tell("textDocument/didOpen", { textDocument: { uri, languageId: "yaml", version, text } });
    else this.tell("textDocument/didChange", { textDocument: { uri, version }, contentChanges: [{ text }] });
    return answer;
  }

  end() {
    this.#child.kill();
  }
}

function within(seconds, what, begin) {
  return new Promise((done, give) => {
    const clock = setTimeout(() => give(new Error(`no answer in ${seconds} seconds: ${what}`)), seconds * 1000);
    begin((value) => {
      clearTimeout(clock);
      done(value);
    });
  });
}

/** What is offered where `|` stands in a text. */
async function offered(server, uri, marked, version) {
  const before = marked.slice(0, marked.indexOf("|"));
  await server.faults(uri, marked.replace("|", ""), version);
  const lines = before.split("\n");
  const position = { line: lines.length - 1, character: lines.at(-1).length };
  const answer = await server.ask("textDocument/completion", { textDocument: { uri }, position });
  return (answer.items ?? answer).map(({ label }) => label);
}

const server = new Server(program);
try {
  execFileSync(belagg, ["--workspace", folder, "new", "inspection-report", "a", "--language", "en"]);
  const folders = [{ uri: pathToFileURL(folder).href, name: "a" }];
  await server.ask("initialize", { processId: process.pid, rootUri: folders[0].uri, workspaceFolders: folders, capabilities: {} });
  server.tell("initialized", {});
  // Nothing is fetched: what is not named by the first line of a file is not known.
  server.tell("workspace/didChangeConfiguration", { settings: { yaml: { validate: true, completion: true, schemaStore: { enable: false } } } });
  const files = ["content/a/report.yaml", "content/a/findings/cases.yaml", "content/a/findings/assessments.yaml", "charts/a/plans.yaml"];
  const texts = new Map(files.map((path) => [path, readFileSync(join(folder, path), "utf8")]));
  const uri = (path) => pathToFileURL(join(folder, path)).href;
  for (const path of files) {
    const faults = await server.faults(uri(path), texts.get(path), 1);
    hold(`${path} is right`, faults.length === 0, faults);
  }
  for (const [path, from, to] of [
    [files[0], "\ntitle:", "\ntitel: x\ntitle:"],
    [files[1], "\n    caption:", "\n    captoin: x\n    caption:"],
    [files[3], "\ncaption:", "\ncaptoin: x\ncaption:"],
  ]) {
    const text = texts.get(path).replace(from, to);
    const faults = await server.faults(uri(path), text, 2);
    const wrong = to.match(/titel|captoin/)[0];
    hold(`${path}: \`${wrong}\` is told once`, faults.length === 1 && text !== texts.get(path) && faults[0].message.includes(wrong), faults);
  }
  const bases = await offered(server, uri(files[1]), "# yaml-language-server: $schema=../../../.schema/findings.schema.json\nfigures:\n  b:\n    label: b\n    count: 1\n    base: |\n", 3);
  hold("ids of figures are offered as a base", bases.includes("plans.current"), bases);
  const tables = await offered(server, uri(files[3]), "# yaml-language-server: $schema=../../.schema/chart.schema.json\nmark: bar\ncaption: C\ntable: |\n", 3);
  hold("ids of tables are offered to a chart", tables.length > 0 && readFileSync(join(folder, files[1]), "utf8").includes(`  ${tables[0]}:`), tables);
  const keys = await offered(server, uri(files[0]), "# yaml-language-server: $schema=../../.schema/report.schema.json\nkind: report\nti|\n", 3);
  hold("keys are offered", keys.includes("title"), keys);
  execFileSync(belagg, ["--workspace", folder, "new", "--translation-of", "a", "--language", "sv", "b"]);
  for (const path of ["content/b/report.yaml", "content/b/findings/cases.yaml"]) {
    const text = readFileSync(join(folder, path), "utf8");
    const right = await server.faults(uri(path), text, 1);
    hold(`${path}, of a translation, is right`, right.length === 0, right);
    const wrong = await server.faults(uri(path), `${text}kapion: x\n`, 2);
    hold(`${path}: a key that no translation has is told`, wrong.length === 1 && wrong[0].message.includes("kapion"), wrong);
  }
} catch (error) {
  hold("the editor is answered", false, String(error));
} finally {
  server.end();
  rmSync(folder, { recursive: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
