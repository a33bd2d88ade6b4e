// Saves a chapter again and again while Chromium looks at its report, and tells what passes until each change is painted: called by
// scripts/preview-bench.
//
//     preview_bench.mjs WORKSPACE REPORT EDITS

import { spawn } from "node:child_process";
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";

const require = createRequire(join(process.env.BELAGG_CACHE, "npm", "package.json"));
const { chromium } = require("playwright-core");

const [workspace, report, wanted] = process.argv.slice(2);
const edits = Number(wanted);
const PARAGRAPHS = Math.max(2, Math.round(edits / 10));
const BROWSERS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const FLAGS = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
/** Between an edit that is painted and the next: shorter and longer than the pause after which pages are set exactly. */
const PAUSES = [100, 300, 900];
const LONG = 60_000;

const now = () => performance.timeOrigin + performance.now();
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

const server = spawn(process.env.BELAGG, ["--lang", "en", "serve", "--no-open"], { cwd: workspace, stdio: ["ignore", "pipe", "inherit"] });
const address = await new Promise((done) => createInterface({ input: server.stdout }).once("line", done));

/** What the server holds now and held at most, in MiB. */
function memory() {
  const status = readFileSync(`/proc/${server.pid}/status`, "utf8");
  const of = (name) => Number(status.match(new RegExp(`${name}:\\s+(\\d+)`))[1]) / 1024;
  return { now: of("VmRSS"), peak: of("VmHWM") };
}

/** What the server has computed, in milliseconds. */
function computed() {
  const fields = readFileSync(`/proc/${server.pid}/stat`, "utf8").split(") ").at(-1).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

const executablePath = process.env.CHROMIUM ?? BROWSERS.find(existsSync);
const browser = await chromium.launch({ executablePath, args: FLAGS });
const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
page.setDefaultTimeout(LONG);

// The longest chapter: a paragraph of plain words in its middle is written anew each time.
const folder = join(workspace, "content", report);
const chapters = readdirSync(folder).filter((name) => name.endsWith(".md")).map((name) => join(folder, name));
const chapter = chapters.sort((one, other) => statSync(other).size - statSync(one).size)[0];
const blocks = readFileSync(chapter, "utf8").split("\n\n");
const plain = (block) => /^[A-ZÅÄÖ]/.test(block) && !/[{}[\]|<>*_#:]/.test(block) && block.length > 200;
const middle = blocks.findIndex((block, at) => at >= blocks.length / 2 && plain(block));
if (middle < 0) throw new Error(`${chapter} has no paragraph of plain words in its second half`);
const paragraph = blocks[middle];

/** The chapter with another last word in that paragraph, or another paragraph after it. */
function edited(mark, asParagraph) {
  const next = [...blocks];
  if (asParagraph) next.splice(middle + 1, 0, `Ett nytt stycke står här, och ${mark} står sist i det.`);
  else next[middle] = `${paragraph} Sist står ${mark}.`;
  return next.join("\n\n");
}

try {
  await page.goto(address);
  if (!page.url().includes("/report/")) await page.goto(new URL(`/report/${report}`, address).href);
  await page.waitForFunction(() => document.getElementById("State").dataset.now === "fine" && document.querySelector("#Sheets img[src]"));
  const started = memory();

  // Which page of the PDF a change concerns first; it is brought into view, in the page as well.
  const hashes = () => page.evaluate(() => [...document.querySelectorAll("#Sheets li")].map((item) => item.hash));
  const before = await hashes();
  writeFileSync(chapter, edited("bokmärke", false));
  await page.waitForFunction((before) => [...document.querySelectorAll("#Sheets li")].some((item, at) => item.hash !== before[at]), before);
  await page.waitForFunction(() => document.getElementById("State").dataset.now === "fine");
  const sheet = (await hashes()).findIndex((hash, at) => hash !== before[at]);
  await page.evaluate((sheet) => {
    document.querySelectorAll("#Sheets li")[sheet].scrollIntoView();
    const framed = document.querySelector("#Page iframe").contentDocument;
    const place = [...framed.querySelectorAll("p")].find((one) => one.textContent.includes("bokmärke"));
    place.scrollIntoView({ block: "center", behavior: "instant" });
  }, sheet);
  await sleep(1500);

  /** Waits in the browser until the page has the words and until the sheet in view has a new picture: when each of them was painted. */
  const painted = (mark) => page.evaluate(async ([mark, sheet]) => {
    const time = () => performance.timeOrigin + performance.now();
    // What is drawn in the next frame is painted when a task after it runs.
    const frame = () => new Promise((done) => requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => done(time());
      port2.postMessage(0);
    }));
    const until = (target, is) => new Promise((done) => {
      const look = () => is() && (observer.disconnect(), done(frame()));
      const observer = new MutationObserver(look);
      observer.observe(target, { subtree: true, childList: true, characterData: true, attributes: true });
    });
    const item = document.querySelectorAll("#Sheets li")[sheet];
    const framed = document.querySelector("#Page iframe").contentDocument;
    const at = until(framed.body, () => framed.body.textContent.includes(mark));
    const image = item.firstElementChild;
    const set = until(item, () => item.firstElementChild !== image);
    window.ready = true;
    return [await at, await set];
  }, [mark, sheet]);

  const words = ["alm", "asp", "björk", "bok", "ek", "fura", "gran", "hassel", "lind", "lönn", "pil", "rönn", "sälg", "tall", "en", "alkon"];
  const times = { page: [], sheet: [], inserted: [], insertedSheet: [] };
  const held = [];
  let cpu = computed();
  const spent = [];
  for (let at = 0; at < edits + PARAGRAPHS; at += 1) {
    const asParagraph = at >= edits;
    // Words without figures, each once.
    const mark = `${words[at % 16]}${words[(at >> 4) % 16]}${words[(at >> 8) % 16]}${asParagraph ? "stycke" : "skog"}`;
    await page.evaluate(() => { window.ready = false; });
    const both = painted(mark);
    await page.waitForFunction(() => window.ready);
    const written = now();
    writeFileSync(chapter, edited(mark, asParagraph));
    const [onPage, onSheet] = await Promise.race([both, sleep(LONG).then(() => { throw new Error(`edit ${at} was not painted`); })]);
    times[asParagraph ? "inserted" : "page"].push(onPage - written);
    times[asParagraph ? "insertedSheet" : "sheet"].push(onSheet - written);
    await sleep(PAUSES[at % PAUSES.length]);
    const total = computed();
    spent.push(total - cpu);
    cpu = total;
    if ((at + 1) % 100 === 0) held.push(`${at + 1}: ${memory().now.toFixed(0)}`);
  }

  const told = (name, values, limit) => {
    const sorted = values.toSorted((one, other) => one - other);
    const quantile = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))].toFixed(0);
    console.log(`  ${name.padEnd(34)} ${quantile(0.5)} ms (p95 ${quantile(0.95)}, smallest ${quantile(0)})   ${limit}`);
  };
  console.log(`${report}: ${edits} words and ${PARAGRAPHS} paragraphs saved in ${chapter.split("/").at(-1)}, from the save to the paint, median`);
  told("the page", times.page, "at most 100 ms wanted");
  told("page of the PDF in view", times.sheet, "at most 200 ms wanted");
  told("a paragraph put in, the page", times.inserted, "p95 of at most 500 ms wanted");
  told("a paragraph put in, the PDF", times.insertedSheet, "");
  told("processor time a change, with pauses", spent, "");
  const ended = memory();
  console.log(`  memory at first, now, at most         ${started.now.toFixed(0)}, ${ended.now.toFixed(0)}, ${ended.peak.toFixed(0)} MiB   at most 400 after 1,000 wanted`);
  if (held.length > 0) console.log(`  after so many changes, MiB            ${held.join(", ")}`);
} finally {
  await browser.close();
  server.kill();
}
