// Results of checks: one line each, details below a failed one.

import { relative } from "node:path";

const DETAILS = 20;

export class Report {
  passed = 0;
  failed = 0;
  /** Names of the checks that failed, with their details. */
  failures = new Map();
  /** The lines of what failed, in the order in which it was told. */
  failedLines = [];

  /** @param print takes a line; a report that prints nothing only counts. */
  constructor(print = () => {}) {
    this.print = print;
  }

  pass(check, file, remark = "") {
    this.passed += 1;
    this.print(`ok    ${check}: ${shown(file)}${remark && ` (${remark})`}`);
  }

  fail(check, file, details) {
    this.failed += 1;
    this.failures.set(check, [...(this.failures.get(check) ?? []), ...details]);
    const lines = [`FAIL  ${check}: ${shown(file)}`, ...details.slice(0, DETAILS).map((detail) => `      ${detail}`)];
    if (details.length > DETAILS) lines.push(`      and ${details.length - DETAILS} more`);
    lines.forEach((line) => this.print(line));
    this.failedLines.push(...lines);
  }

  /** Passes without details, fails with them. */
  expect(check, file, details, remark) {
    if (details.length > 0) this.fail(check, file, details);
    else this.pass(check, file, remark);
  }

  /** Does something with each of some things, so many at once. What is told of them is told in their order, of the first that is not done at once. */
  async each(things, atOnce, act) {
    const parts = things.map(() => ({ lines: [], report: undefined, done: false }));
    let next = 0;
    let told = 0;
    const tell = (index, line) => (index === told ? this.print(line) : parts[index].lines.push(line));
    const worker = async () => {
      while (next < things.length) {
        const index = next;
        next += 1;
        const part = parts[index];
        part.report = new Report((line) => tell(index, line));
        await act(things[index], part.report);
        part.done = true;
        while (parts[told]?.done) {
          this.#add(parts[told].report);
          told += 1;
          parts[told]?.lines.splice(0).forEach((line) => this.print(line));
        }
      }
    };
    await Promise.all(Array.from({ length: Math.min(atOnce, things.length) }, worker));
  }

  #add(report) {
    this.passed += report.passed;
    this.failed += report.failed;
    this.failedLines.push(...report.failedLines);
    for (const [check, details] of report.failures) this.failures.set(check, [...(this.failures.get(check) ?? []), ...details]);
  }

  /** Something for people to look at that neither passes nor fails. */
  note(check, file, text) {
    this.print(`look  ${check}: ${shown(file)}: ${text}`);
  }

  /** The last lines: what failed once more, since it stands far above, and how much did. */
  summary() {
    const again = this.failedLines.length > 0 ? ["", "What failed:", ...this.failedLines, ""] : [];
    return [...again, `${this.passed} passed, ${this.failed} failed`].join("\n");
  }
}

/** A path as short as it can be said from here. */
function shown(file) {
  if (!file.startsWith("/")) return file;
  const near = relative(process.cwd(), file);
  return near === "" || near.startsWith("..") ? file : near;
}
