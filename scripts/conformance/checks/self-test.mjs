// Shows that the checks find faults: a faulty PDF and faulty pages must fail, each for the reason that it was made for.

import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Report } from "./report.mjs";

/** Name of a check, and what one of its findings on the faulty files must say. */
const EXPECTED = [
  ["PDF/A-2a", /metadata/i],
  ["PDF/A-2a", /could not read/],
  ["PDF/UA-1", /structure|tag/i],
  ["valid HTML", /error: .*alt/],
  ["valid HTML", /warning: /],
  ["WCAG 2.2 AA at 320 px, light", /^image-alt/],
  ["WCAG 2.2 AA at 1280 px, light", /^html-has-lang/],
  ["WCAG 2.2 AA at 768 px, dark", /^color-contrast: .*#faint-in-the-dark/],
  ["no sideways scrolling at 320 px", /pre#wide/],
  ["same text without JavaScript", /added by a script/],
  ["links lead to something", /^#nowhere$/],
  ["links lead to something", /missing\.csv$/],
  ["no request leaves the folder", /^https:\/\/elsewhere\.invalid\//],
  ["loads without errors", /missing\.svg/],
  ["loads without errors", /script: out of order/],
];

/** Tells of each fault whether it was found; then that the faultless page passes. */
export async function selfTest(fixtures, checkAll, report) {
  const folder = mkdtempSync(join(tmpdir(), "belagg-self-test-"));
  try {
    cpSync(join(fixtures, "faulty"), folder, { recursive: true });
    writeFileSync(join(folder, "no-pdf.pdf"), "this is text\n");
    const faulty = new Report();
    await checkAll([folder], faulty);
    for (const [check, finding] of EXPECTED) {
      const found = faulty.failures.get(check) ?? [];
      report.expect("self-test", `${check} finds ${finding}`, found.some((detail) => finding.test(detail)) ? [] : ["not found", ...found]);
    }
    const good = join(folder, "good");
    cpSync(join(fixtures, "faultless"), good, { recursive: true });
    const faultless = new Report();
    await checkAll([good], faultless);
    const failures = [...faultless.failures].flatMap(([check, details]) => details.map((detail) => `${check}: ${detail}`));
    // The folder has a page and no PDF, which is the only thing to say of it.
    const unexpected = failures.filter((failure) => failure !== "files: there is no PDF to check");
    report.expect("self-test", "a faultless page passes", unexpected);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
