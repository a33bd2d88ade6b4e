// Results of checks: one line each, details below a failed one.

import { relative } from "node:path";

const DETAILS = 20;

export class Report {
  passed = 0;
  failed = 0;
  /** Names of the checks that failed, with their details. */
  failures = new Map();

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
    this.print(`FAIL  ${check}: ${shown(file)}`);
    details.slice(0, DETAILS).forEach((detail) => this.print(`      ${detail}`));
    if (details.length > DETAILS) this.print(`      and ${details.length - DETAILS} more`);
  }

  /** Passes without details, fails with them. */
  expect(check, file, details, remark) {
    if (details.length > 0) this.fail(check, file, details);
    else this.pass(check, file, remark);
  }

  /** Does something with each of some things, so many at once; what is told of them is told in their order. */
  async each(things, atOnce, act) {
    const parts = things.map(() => {
      const lines = [];
      return { lines, report: new Report((line) => lines.push(line)), done: false };
    });
    let next = 0;
    let told = 0;
    const worker = async () => {
      while (next < things.length) {
        const part = parts[next];
        const thing = things[next];
        next += 1;
        await act(thing, part.report);
        part.done = true;
        for (; parts[told]?.done; told += 1) this.#add(parts[told]);
      }
    };
    await Promise.all(Array.from({ length: Math.min(atOnce, things.length) }, worker));
  }

  #add({ lines, report }) {
    lines.forEach((line) => this.print(line));
    this.passed += report.passed;
    this.failed += report.failed;
    for (const [check, details] of report.failures) this.failures.set(check, [...(this.failures.get(check) ?? []), ...details]);
  }

  /** Something for people to look at that neither passes nor fails. */
  note(check, file, text) {
    this.print(`look  ${check}: ${shown(file)}: ${text}`);
  }

  summary() {
    return `${this.passed} passed, ${this.failed} failed`;
  }
}

/** A path as short as it can be said from here. */
function shown(file) {
  if (!file.startsWith("/")) return file;
  const near = relative(process.cwd(), file);
  return near === "" || near.startsWith("..") ? file : near;
}
