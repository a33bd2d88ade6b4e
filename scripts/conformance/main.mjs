// Finds the files, runs every check on them and counts.

import { readFileSync, readdirSync, realpathSync, statSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { Reasons } from "./checks/accessibility.mjs";
import { unlike } from "./checks/alike.mjs";
import { checkPage, launch } from "./checks/browser.mjs";
import { checkMarkup } from "./checks/markup.mjs";
import { checkPdfs } from "./checks/pdf.mjs";
import { checkFragments } from "./checks/fragment.mjs";
import { Report } from "./checks/report.mjs";
import { selfTest } from "./checks/self-test.mjs";
import { checkCharts } from "./checks/svg.mjs";

const here = dirname(fileURLToPath(import.meta.url));

/** PDFs, pages and charts of files and folders, each in a stable order. */
function collect(places) {
  const files = [];
  const visit = (path) => {
    if (statSync(path).isDirectory()) readdirSync(path).sort().forEach((name) => visit(join(path, name)));
    else files.push(realpathSync(path));
  };
  places.forEach(visit);
  // What lies in `latest/` beside its page is the same to the byte as in the folder of its version.
  const isCopy = (file) => /\/latest\//.test(file) && !file.endsWith(".html");
  return {
    pdfs: files.filter((file) => file.endsWith(".pdf") && !isCopy(file)),
    pages: files.filter((file) => file.endsWith(".html")),
    charts: files.filter((file) => file.endsWith(".svg") && basename(dirname(file)) === "charts" && !isCopy(file)),
  };
}

/** Whether a page is one to be read: not one that leads on at once, and not one that is shown within another and is looked at there. */
function stays(page) {
  return !page.endsWith(".notice.html") && !readFileSync(page, "utf8").includes('http-equiv="refresh"');
}

/** Folders of pages that are made by one template; the page of a newest version is the version's page with a line. */
const GATHERED = ["latest", "kinds", "years", "units", "areas"];
/** So many pages at once. */
const AT_ONCE = Math.min(4, Math.max(2, availableParallelism()));

/** The pages to look at in a browser, and of each whether it is looked at as a whole. Of gathered pages the first of each folder stands for all. */
function lookedAt(pages) {
  const seen = new Set();
  const one = (folder) => !GATHERED.includes(folder) || (!seen.has(folder) && seen.add(folder));
  const chosen = pages.filter((page) => stays(page) && one(basename(dirname(page))));
  const whole = unlike(chosen);
  return chosen.map((page) => ({ page, whole: whole.has(page) }));
}

/** Runs every check on the files of some places. With `every`, each listed reason must have been needed. */
async function checkAll(places, report, every = false) {
  const { pdfs, pages, charts } = collect(places);
  if (pdfs.length === 0) report.fail("files", places.join(" "), ["there is no PDF to check"]);
  if (pages.length === 0) report.fail("files", places.join(" "), ["there is no page to check"]);
  const reasons = new Reasons(join(here, "incomplete.json"));
  const inBrowser = async (own) => {
    const browser = await launch();
    try {
      await own.each(lookedAt(pages), AT_ONCE, ({ page, whole }, part) => checkPage(browser, page, whole, part, reasons));
      await checkCharts(browser, charts, AT_ONCE, own);
    } finally {
      await browser.close();
    }
  };
  // Validators in Java have one processor each, and the browser begins beside them.
  const works = [(own) => checkPdfs(pdfs, own), (own) => checkMarkup(pages, own), inBrowser];
  await report.each(works, works.length, (work, own) => work(own));
  if (every) reasons.checkNeeded(report);
}

const places = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const options = process.argv.slice(2).filter((argument) => argument.startsWith("--"));
const unknown = options.filter((option) => !["--self-test", "--every-reason", "--fragments"].includes(option));
if (unknown.length > 0) {
  console.error(`conformance: unknown option ${unknown.join(" ")}`);
  process.exit(2);
}
const report = new Report(console.log);
if (options.includes("--self-test")) {
  const browser = await launch();
  const checkFragment = (folder, own) => checkFragments(browser, folder, join(here, "hosts"), own);
  await selfTest(join(here, "fixtures"), checkAll, checkFragment, report);
  await browser.close();
} else if (options.includes("--fragments")) {
  if (places.length === 0) report.fail("folders", "", ["no folder was named"]);
  const browser = await launch();
  await report.each(places, AT_ONCE, (folder, own) => checkFragments(browser, folder, join(here, "hosts"), own));
  await browser.close();
} else {
  await checkAll(places.length > 0 ? places : ["output"], report, options.includes("--every-reason"));
}
console.log(report.summary());
process.exitCode = report.failed > 0 ? 1 : 0;
