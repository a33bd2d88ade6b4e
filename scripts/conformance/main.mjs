// Finds the files, runs every check on them and counts.

import { existsSync, readFileSync, readdirSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { Reasons } from "./checks/accessibility.mjs";
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
const ALIKE = ["latest", "kinds", "years", "units", "areas"];

/** Pages to look at in a browser: of those that are alike the first stands for all. The search and the list of reports are
 * tried by hand: they take the browser minutes, which is to be mended. */
function lookedAt(pages) {
  const seen = new Set();
  return pages.filter((page) => {
    const folder = basename(dirname(page));
    if (!stays(page) || basename(page) === "search.html" || existsSync(join(dirname(page), "search.html"))) return false;
    return !ALIKE.includes(folder) || (!seen.has(folder) && seen.add(folder));
  });
}

/** Runs every check on the files of some places. With `every`, each listed reason must have been needed. */
async function checkAll(places, report, every = false) {
  const { pdfs, pages, charts } = collect(places);
  if (pdfs.length === 0) report.fail("files", places.join(" "), ["there is no PDF to check"]);
  if (pages.length === 0) report.fail("files", places.join(" "), ["there is no page to check"]);
  checkPdfs(pdfs, report);
  await checkMarkup(pages, report);
  const reasons = new Reasons(join(here, "incomplete.json"));
  const browser = await launch();
  try {
    for (const page of lookedAt(pages)) await checkPage(browser, page, report, reasons);
    await checkCharts(browser, charts, report);
  } finally {
    await browser.close();
  }
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
  await selfTest(join(here, "fixtures"), checkAll, report);
} else if (options.includes("--fragments")) {
  if (places.length === 0) report.fail("folders", "", ["no folder was named"]);
  const browser = await launch();
  for (const folder of places) await checkFragments(browser, folder, join(here, "hosts"), report);
  await browser.close();
} else {
  await checkAll(places.length > 0 ? places : ["output"], report, options.includes("--every-reason"));
}
console.log(report.summary());
process.exitCode = report.failed > 0 ? 1 : 0;
