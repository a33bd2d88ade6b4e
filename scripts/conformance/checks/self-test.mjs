// Shows that the checks find faults: faulty PDFs, pages and charts must fail, each for the reason that it was made for.

import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Report } from "./report.mjs";

/** Name of a check, and what one of its findings on the faulty files must say. */
const EXPECTED = [
  ["PDF/A-2a", /metadata/i],
  ["PDF/A-2a", /could not read/],
  ["PDF/A-3a", /AFRelationship|associated|MIME|Subtype/i],
  ["PDF/UA-1", /structure|tag/i],
  ["valid HTML", /error: .*alt/],
  ["valid HTML", /warning: /],
  ["WCAG 2.2 AA at 320 px, light", /^image-alt/],
  ["WCAG 2.2 AA at 1280 px, light", /^html-has-lang/],
  ["WCAG 2.2 AA at 768 px, dark", /^color-contrast: .*#faint-in-the-dark/],
  ["what axe-core cannot tell has a reason at 1280 px, light", /^color-contrast .*#picture.*not in the list/],
  ["contrast, light", /^p#faint "1": 2\.85:1/],
  ["contrast, light", /^p#sign::before: /],
  ["contrast, light", /^p#picture: stands on an image/],
  ["contrast, light", /^text "Hidden in the bar" of a chart: 1\.\d+:1, #666666 on #555555/],
  ["contrast, light", /^rect\.c-series-1 of a chart: 1\.\d+:1/],
  ["contrast, light", /^rect\.c-series-2 beside rect\.c-series-1 in a chart/],
  ["contrast, dark", /^p#faint-in-the-dark /],
  ["contrast, print", /^p#faint /],
  ["contrast, light", /^text "Faint on white" of a chart/],
  ["chart stands alone", /^not well-formed/],
  ["chart stands alone", /^it has a script/],
  ["chart stands alone", /^svg has onload/],
  ["chart stands alone", /^image refers to https:/],
  ["chart stands alone", /^its style imports/],
  ["chart stands alone", /^there is no title/],
  ["chart stands alone", /^there is no desc/],
  ["chart stands alone", /^the root has no role/],
  ["charts answer", /^Silent has no stop that answers/],
  ["no sideways scrolling at 320 px", /pre#wide/],
  ["no sideways scrolling at 400 % zoom", /pre#wide/],
  ["no loss by wide spacing at 320 px", /^text is cut off in p#tight/],
  ["no loss by text of 200 %", /^text of 16 px became 16 px/],
  ["keyboard at 1280 px", /^the first stop does not lead to the content/],
  ["keyboard at 1280 px", /^out of the page's order: a#hurried /],
  ["keyboard at 1280 px", /^Enter does not open summary#stubborn/],
  ["keyboard at 1280 px", /^the keyboard cannot scroll div#closed/],
  ["keyboard at 1280 px", /^an arrow does not scroll div#stiff/],
  ["keyboard at 320 px", /^focus is out of sight or behind something: a#behind/],
  ["keyboard at 320 px", /^Tab does not leave a#trap/],
  ["keyboard at 320 px", /^Tab does not reach a#after/],
  ["keyboard at 320 px", /^Shift and Tab reach \d of the/],
  ["focus can be seen, light", /^focus cannot be seen: a#unseen/],
  ["focus can be seen, light", /^focus is faint, 1\.\d+:1: a#faint/],
  ["focus can be seen, dark", /^cannot have focus: a#leaving/],
  ["print", /^navigation is printed on page 1: nav/],
  ["print", /^heading alone at the foot of page \d+: h2 "Alone/],
  ["print", /^table cut between pages .*"Cut table/],
  ["print", /^row cut between pages .*"Cut row/],
  ["print", /^figure cut between pages .*"Cut figure/],
  ["print", /^row not on the paper in full: tr "Beyond/],
  ["print", /px wide, and the paper has .*: table "Beyond/],
  ["links outwards are safe", /^http:.* goes by http:/],
  ["links outwards are safe", /^https:.*noopener/],
  ["same text without JavaScript", /added by a script/],
  ["links lead to something", /^#nowhere$/],
  ["links lead to something", /missing\.csv$/],
  ["no request leaves the folder", /^https:\/\/elsewhere\.invalid\//],
  ["loads without errors", /missing\.svg/],
  ["loads without errors", /script: out of order/],
];

/** The same of the faulty fragment. */
const EXPECTED_OF_FRAGMENT = [
  ["looks the same with a sheet after it", /belagg-h2/],
  ["changes nothing outside", /caption.*: color is/],
  ["WCAG 2.2 AA at 1280 px", /^image-alt/],
  ["keeps to its room at 320 px", /belagg-wide/],
  ["names of its own", /^the id content does not begin with belagg-a-/],
  ["names of its own", /^the class host does not begin with belagg-/],
  ["names of its own", /^#elsewhere leads nowhere/],
];

/** Tells of each fault whether it was found; then that the faultless page and fragment pass. */
export async function selfTest(fixtures, checkAll, checkFragment, report) {
  await fragments(fixtures, checkFragment, report);
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
    // So short a page needs none of the reasons in the list.
    await checkAll([good], faultless, true);
    const spare = faultless.failures.get("reasons are needed") ?? [];
    report.expect("self-test", "a reason that nothing needs is found", spare.length > 0 ? [] : ["not found"]);
    faultless.failures.delete("reasons are needed");
    const failures = [...faultless.failures].flatMap(([check, details]) => details.map((detail) => `${check}: ${detail}`));
    // The folder has a page and no PDF, which is the only thing to say of it.
    const unexpected = failures.filter((failure) => failure !== "files: there is no PDF to check");
    report.expect("self-test", "a faultless page passes", unexpected);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function fragments(fixtures, checkFragment, report) {
  const faulty = new Report();
  await checkFragment(join(fixtures, "fragment-faulty"), faulty);
  for (const [check, finding] of EXPECTED_OF_FRAGMENT) {
    // Where it is done in several sheets of others, one that finds it will do.
    const found = [...faulty.failures].filter(([name]) => name === check || name.startsWith(`${check} (`)).flatMap(([, details]) => details);
    report.expect("self-test", `of a fragment, ${check} finds ${finding}`, found.some((detail) => finding.test(detail)) ? [] : ["not found", ...found.slice(0, 10)]);
  }
  const faultless = new Report();
  await checkFragment(join(fixtures, "fragment-faultless"), faultless);
  const unexpected = [...faultless.failures].flatMap(([check, details]) => details.map((detail) => `${check}: ${detail}`));
  report.expect("self-test", "a faultless fragment passes", unexpected);
}
