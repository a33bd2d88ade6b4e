// What only a browser can tell of a page: accessibility by axe-core, requests, reflow, and life without JavaScript.

import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const require = createRequire(join(process.env.BELAGG_CACHE, "npm", "package.json"));
const { chromium } = require("playwright-core");
const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const WIDTHS = [320, 768, 1280];
const SCHEMES = ["light", "dark"];
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];
const BROWSERS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const FLAGS = [
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--font-render-hinting=none",
];

/** A browser without a window and with a new profile, which goes away with it. */
export async function launch() {
  const executablePath = process.env.CHROMIUM ?? BROWSERS.find(existsSync);
  if (!executablePath) throw new Error("there is no Chromium here: install Debian's package chromium, or name one in CHROMIUM");
  return chromium.launch({ executablePath, args: FLAGS });
}

export async function checkPages(files, report) {
  if (files.length === 0) return;
  const browser = await launch();
  try {
    for (const file of files) await checkPage(browser, file, report);
  } finally {
    await browser.close();
  }
}

async function checkPage(browser, file, report) {
  const loading = new Loading(dirname(file));
  let words = "";
  for (const colorScheme of SCHEMES) {
    for (const width of WIDTHS) {
      await visit(browser, file, { colorScheme, viewport: { width, height: 900 } }, loading, async (page) => {
        await accessibility(page, file, `${width} px, ${colorScheme}`, report);
        if (colorScheme !== "light") return;
        if (width === WIDTHS[0]) report.expect(`no sideways scrolling at ${width} px`, file, await sideways(page));
        if (width === WIDTHS[2]) words = await text(page);
      });
    }
  }
  await visit(browser, file, { javaScriptEnabled: false, viewport: { width: 1280, height: 900 } }, loading, async (page) => {
    report.expect("same text without JavaScript", file, difference(words, await text(page)));
    report.expect("links lead to something", file, await deadLinks(page), "in the page and to its files");
  });
  report.expect("no request leaves the folder", file, [...loading.outside], `${loading.inside.size} files of the folder`);
  report.expect("loads without errors", file, [...loading.errors]);
}

/** Opens a page, scrolls through it so that whatever loads late loads, and lets `act` look at it. */
async function visit(browser, file, options, loading, act) {
  const context = await browser.newContext({ ...options, reducedMotion: "reduce" });
  try {
    const page = await context.newPage();
    loading.listen(page);
    await page.goto(pathToFileURL(file).href, { waitUntil: "load" });
    await page.evaluate(() => {
      window.scrollTo(0, document.documentElement.scrollHeight);
      window.scrollTo(0, 0);
    });
    await page.waitForLoadState("networkidle");
    await act(page);
  } finally {
    await context.close();
  }
}

/** What pages ask for, and what went wrong with it. */
class Loading {
  inside = new Set();
  outside = new Set();
  errors = new Set();

  constructor(folder) {
    this.folder = folder + sep;
  }

  listen(page) {
    page.on("request", (request) => {
      const url = request.url();
      if (url.startsWith("data:")) return;
      const within = url.startsWith("file:") && fileURLToPath(url.replace(/[?#].*$/, "")).startsWith(this.folder);
      (within ? this.inside : this.outside).add(url);
    });
    page.on("websocket", (socket) => this.outside.add(socket.url()));
    page.on("requestfailed", (request) => this.errors.add(`${request.url()}: ${request.failure()?.errorText}`));
    page.on("pageerror", (error) => this.errors.add(`script: ${error.message}`));
    page.on("console", (message) => {
      if (message.type() === "error") this.errors.add(`console: ${message.text()}`);
    });
  }
}

async function accessibility(page, file, circumstances, report) {
  await page.evaluate(AXE);
  // Style sheets are not fetched once more: a browser refuses that to a page opened from disk.
  const run = (tags) => window.axe.run(document, { runOnly: { type: "tag", values: tags }, preload: false });
  const { violations, incomplete, passes } = await page.evaluate(run, TAGS);
  const details = violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target.join(" ")}: ${rule.help}`));
  if (passes.length === 0) details.push("axe-core found nothing to check");
  report.expect(`WCAG 2.2 AA at ${circumstances}`, file, details, `${passes.length} rules`);
  for (const rule of incomplete) {
    const [node] = rule.nodes;
    const reason = node.any.concat(node.all, node.none)[0]?.message ?? rule.help;
    report.note(`axe-core cannot tell ${rule.id} at ${circumstances}`, file, `${rule.nodes.length} places, first ${node.target.join(" ")}: ${reason}`);
  }
}

/** Elements that stick out of the page to the right, where the page scrolls sideways. */
async function sideways(page) {
  return page.evaluate(() => {
    const root = document.documentElement;
    // Wider by nature and scrolled in a box of its own, such as a table, is no fault: the page itself must not scroll.
    window.scrollTo(10_000, 0);
    const scrolled = window.scrollX;
    window.scrollTo(0, 0);
    if (scrolled === 0 && root.scrollWidth <= root.clientWidth) return [];
    const end = (element) => {
      const { left, right } = element.getBoundingClientRect();
      return getComputedStyle(element).overflowX === "visible" ? Math.max(right, left + element.scrollWidth) : right;
    };
    const wide = [...document.body.querySelectorAll("*")].filter((element) => end(element) > root.clientWidth + 1);
    const names = wide.slice(0, 5).map((element) => element.tagName.toLowerCase() + (element.id && `#${element.id}`));
    return [`the page is ${root.scrollWidth} px wide; wider than the window: ${names.join(", ")}`];
  });
}

/** What a reader sees, with blanks made alike. */
async function text(page) {
  return page.evaluate(() => document.body.innerText.replace(/\s+/g, " ").trim());
}

/** Nothing where the texts agree, else the place where they begin to differ. */
function difference(scripted, plain) {
  if (plain === "") return ["without JavaScript there is no text"];
  if (scripted === plain) return [];
  let at = 0;
  while (scripted[at] === plain[at]) at += 1;
  const around = (words) => words.slice(Math.max(0, at - 40), at + 40);
  return [`with:    … ${around(scripted)} …`, `without: … ${around(plain)} …`];
}

/** Links to places of the page that are not there, and to files that are not there. */
async function deadLinks(page) {
  const { dead, files } = await page.evaluate(() => {
    const here = location.href.replace(/#.*$/, "");
    const links = [...document.querySelectorAll("a[href]")];
    const inside = links.filter((link) => link.href.startsWith(`${here}#`));
    const missing = inside.filter((link) => !document.getElementById(decodeURIComponent(link.hash.slice(1))));
    return {
      dead: missing.map((link) => link.getAttribute("href")),
      files: links.filter((link) => link.protocol === "file:" && !inside.includes(link)).map((link) => link.href.replace(/[?#].*$/, "")),
    };
  });
  return [...dead, ...files.filter((url) => !existsSync(fileURLToPath(url)))];
}
