// WCAG 2.2 A and AA and good practice, by axe-core. What axe-core cannot tell ("incomplete") must stand in incomplete.json with
// the reason why it holds all the same.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(join(process.env.BELAGG_CACHE, "npm", "package.json"));
const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const { version: VERSION } = require("axe-core/package.json");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];

/** The reasons in incomplete.json: `[{rule, messages, selector, reason}]`, and which of them a run needed. */
export class Reasons {
  needed = new Set();

  constructor(file) {
    this.file = file;
    this.list = JSON.parse(readFileSync(file, "utf8"));
    for (const entry of this.list) {
      const complete = ["rule", "selector", "reason"].every((key) => entry[key]) && entry.messages?.length > 0;
      if (!complete) throw new Error(`${file}: an entry needs rule, messages, selector and reason: ${JSON.stringify(entry)}`);
    }
  }

  /** Fails for reasons that nothing of this run needed. */
  checkNeeded(report) {
    const spare = this.list.filter((_, index) => !this.needed.has(index));
    const details = spare.map(({ rule, selector }) => `${rule} of ${selector} occurs no longer: take it out of the list`);
    report.expect("reasons are needed", this.file, details, `${this.list.length} reasons`);
  }
}

/** On dark ground the rules about colours alone: the others have been asked of the same page on light ground. */
const COLOURS = ["color-contrast", "link-in-text-block"];

export async function checkAccessibility(page, file, { width, colorScheme }, report, reasons) {
  const circumstances = `${width} px, ${colorScheme}`;
  const runOnly = colorScheme === "light" ? { type: "tag", values: TAGS } : { type: "rule", values: COLOURS };
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(AXE);
  const { violations, passes, untold } = await page.evaluate(look, { runOnly, list: reasons.list });
  if (passes === 0) violations.push("axe-core found nothing to check");
  report.expect(`WCAG 2.2 AA at ${circumstances}`, file, violations, `${passes} rules, axe-core ${VERSION}`);
  const without = untold.filter(({ by }) => by < 0).map(({ place }) => `${place}: not in the list of reasons`);
  untold.forEach(({ by }) => by >= 0 && reasons.needed.add(by));
  report.expect(`what axe-core cannot tell has a reason at ${circumstances}`, file, without, `${untold.length} places`);
}

/** Runs in the page. */
async function look({ runOnly, list }) {
  // Style sheets are not fetched once more: a browser refuses that to a page opened from disk.
  const { violations, incomplete, passes } = await window.axe.run(document, {
    runOnly,
    preload: false,
    elementRef: true,
  });
  const places = (rules, say) => rules.flatMap((rule) => rule.nodes.map((node) => say(rule, node)));
  return {
    violations: places(violations, (rule, node) => `${rule.id}: ${node.target.join(" ")}: ${rule.help}`),
    passes: passes.length,
    untold: places(incomplete, (rule, node) => {
      const results = node.any.concat(node.all, node.none);
      const messages = results.map((result) => result.data?.messageKey ?? result.id);
      const fits = (entry) =>
        entry.rule === rule.id && messages.every((message) => entry.messages.includes(message)) && node.element?.matches(entry.selector);
      return {
        by: list.findIndex(fits),
        place: `${rule.id} (${messages.join(", ")}): ${node.target.join(" ")}: ${results[0]?.message ?? rule.help}`,
      };
    }),
  };
}
