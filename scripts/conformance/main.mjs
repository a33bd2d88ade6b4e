// Finds the files, runs every check on them and counts.

import { readdirSync, realpathSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { checkPages } from "./checks/browser.mjs";
import { checkMarkup } from "./checks/markup.mjs";
import { checkPdfs } from "./checks/pdf.mjs";
import { Report } from "./checks/report.mjs";
import { selfTest } from "./checks/self-test.mjs";

const here = dirname(fileURLToPath(import.meta.url));

/** PDFs and pages of files and folders, each in a stable order. */
function collect(places) {
  const files = [];
  const visit = (path) => {
    if (statSync(path).isDirectory()) readdirSync(path).sort().forEach((name) => visit(join(path, name)));
    else files.push(realpathSync(path));
  };
  places.forEach(visit);
  return {
    pdfs: files.filter((file) => file.endsWith(".pdf")),
    pages: files.filter((file) => file.endsWith(".html")),
  };
}

/** Runs every check on the files of some places. */
async function checkAll(places, report) {
  const { pdfs, pages } = collect(places);
  if (pdfs.length === 0) report.fail("files", places.join(" "), ["there is no PDF to check"]);
  if (pages.length === 0) report.fail("files", places.join(" "), ["there is no page to check"]);
  checkPdfs(pdfs, report);
  await checkMarkup(pages, report);
  await checkPages(pages, report);
}

const places = process.argv.slice(2);
const report = new Report(console.log);
if (places[0] === "--self-test") {
  await selfTest(join(here, "fixtures"), checkAll, report);
} else {
  await checkAll(places.length > 0 ? places : ["output"], report);
}
console.log(report.summary());
process.exitCode = report.failed > 0 ? 1 : 0;
