// A page in Chromium: opening it under given circumstances, and what the checks of the other modules share.

import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import { checkAccessibility } from "./accessibility.mjs";
import { checkAnswers } from "./charts.mjs";
import { checkContrast } from "./contrast.mjs";
import { checkKeyboard } from "./keyboard.mjs";
import { checkDeadLinks, checkOutwardLinks } from "./links.mjs";
import { checkPrint } from "./print.mjs";
import { checkReflow, checkSizes } from "./reflow.mjs";

const require = createRequire(join(process.env.BELAGG_CACHE, "npm", "package.json"));
const { chromium } = require("playwright-core");

const WIDTHS = [320, 768, 1280];
const SCHEMES = ["light", "dark"];
/** Folders of pages that are made of what lies beside them. */
const GATHERED = ["latest", "kinds", "years", "units", "areas"];
/** The first has no window, and takes far less to begin anew for each look. */
const BROWSERS = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
/** Milliseconds: on a busy machine a large page takes its time. */
const PATIENCE = 120_000;
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
  if (!executablePath) throw new Error("there is no Chromium here: install Debian's package chromium-headless-shell or chromium, or name one in CHROMIUM");
  return chromium.launch({ executablePath, args: FLAGS });
}

/** Every check of one page that needs a browser; without `whole` those alone that hang on what the page says and not on what it is made of. */
export async function checkPage(browser, file, whole, report, reasons) {
  const loading = new Loading(dirname(file), basename(file) !== "index.html");
  const open = (options, act) => visit(browser, file, options, loading, act);
  let words = "";
  await open({}, async (page) => {
    for (const colorScheme of whole ? SCHEMES : ["light"]) {
      await page.emulateMedia({ colorScheme });
      for (const width of whole ? WIDTHS : [1280]) {
        await page.setViewportSize({ width, height: 900 });
        await checkAccessibility(page, file, { width, colorScheme }, report, reasons);
      }
    }
    words = await text(page);
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme });
      await checkContrast(page, file, colorScheme, report);
    }
    await page.emulateMedia({ media: "print", colorScheme: "light" });
    await checkContrast(page, file, "print", report);
  });
  await open({ javaScriptEnabled: false }, async (page) => {
    const idle = await page.locator(":is(button, input, select, textarea):visible").count();
    const details = idle > 0 ? [`${idle} controls that nothing answers`] : [];
    report.expect("same text without JavaScript", file, [...details, ...difference(words, await text(page))]);
    await checkDeadLinks(page, file, report);
    await checkOutwardLinks(page, file, report);
  });
  await checkReflow(open, file, report);
  await open({}, async (page) => {
    await checkSizes(page, file, report);
    await checkPrint(page, file, report);
  });
  await checkAnswers(open, file, report);
  if (whole) await checkKeyboard(open, file, report);
  report.expect("no request leaves the folder", file, [...loading.outside], `${loading.inside.size} files of the folder`);
  report.expect("loads without errors", file, [...loading.errors]);
}

/** Opens a page, scrolls through it so that whatever loads late loads, and lets `act` look at it. */
async function visit(browser, file, options, loading, act) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce", ...options });
  try {
    context.setDefaultTimeout(PATIENCE);
    const page = await context.newPage();
    loading.listen(page);
    await page.goto(pathToFileURL(file).href, { waitUntil: "load" });
    await page.evaluate(async () => {
      window.scrollTo(0, document.documentElement.scrollHeight);
      window.scrollTo(0, 0);
      // What waits until it is seen would wait for ever in a part that is folded. A picture that cannot be read is told of by the requests.
      const images = [...document.images];
      for (const image of images) image.loading = "eager";
      await Promise.all([document.fonts.ready, ...images.map((image) => image.decode().catch(() => {}))]);
    });
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

  /** `shared`: the page is one about versions, which uses the assets of the list of reports. */
  constructor(folder, shared) {
    // Lists and the page of the newest version show what lies in the folders of versions.
    this.folder = (GATHERED.includes(basename(folder)) ? dirname(folder) : folder) + sep;
    this.assets = shared ? join(dirname(folder), "assets") + sep : undefined;
    // A version's page shows what lies beside its folder of later versions.
    this.notices = [`${folder}.notice.html`, `${folder}.notice.css`];
  }

  listen(page) {
    page.on("request", (request) => {
      const url = request.url();
      if (url.startsWith("data:")) return;
      const path = url.startsWith("file:") ? fileURLToPath(url.replace(/[?#].*$/, "")) : "";
      const within = path.startsWith(this.folder) || this.notices.includes(path) || (this.assets && path.startsWith(this.assets));
      (within ? this.inside : this.outside).add(url);
    });
    page.on("websocket", (socket) => this.outside.add(socket.url()));
    // From a disk Chromium does not fetch a font ahead (each is another origin); the style sheet's own request gets it.
    const ahead = (url) => /^file:.*\/assets\/core-[a-z-]+\.woff2$/.test(url);
    page.on("requestfailed", (request) => ahead(request.url()) || this.errors.add(`${request.url()}: ${request.failure()?.errorText}`));
    page.on("pageerror", (error) => this.errors.add(`script: ${error.message}`));
    page.on("console", (message) => {
      const told = /^Access to font at 'file:[^']*\/core-/.test(message.text()) || ahead(message.location().url);
      if (message.type() === "error" && !told) this.errors.add(`console: ${message.text()}`);
    });
  }
}

/** What a reader sees, with blanks made alike, without buttons, filters, the search and the hint that a table can be drawn sideways: they are what
 * a script may add; and without what is said where there is none. */
async function text(page) {
  return page.evaluate(() => {
    const added = [...document.querySelectorAll("button, .filters, .scroll-hint, [role=search], noscript")];
    added.forEach((part) => (part.style.display = "none"));
    const words = document.body.innerText.replace(/\s+/g, " ").trim();
    added.forEach((part) => part.style.removeProperty("display"));
    return words;
  });
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
