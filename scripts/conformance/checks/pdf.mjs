// PDF/A-2a and PDF/UA-1, by veraPDF.

import { spawnSync } from "node:child_process";
import { join } from "node:path";

const FLAVOURS = [
  ["2a", "PDF/A-2a"],
  ["ua1", "PDF/UA-1"],
];
const CLASSES = join(process.env.BELAGG_CACHE, "verapdf", "lib", "*");

/** Each file by each flavour; a file that is not understood fails. */
export function checkPdfs(files, report) {
  if (files.length === 0) return;
  for (const [flavour, name] of FLAVOURS) {
    const jobs = validate(flavour, files);
    for (const file of files) {
      const result = jobs.get(file);
      if (!result?.details || result.jobEndStatus !== "normal") {
        report.fail(name, file, ["veraPDF could not read the file"]);
        continue;
      }
      const { passedChecks, failedChecks, ruleSummaries } = result.details;
      const details = ruleSummaries.map((rule) => `${rule.clause} test ${rule.testNumber}, ${rule.failedChecks} times: ${rule.description}`);
      if (details.length === 0 && (failedChecks > 0 || !result.compliant)) details.push(`${failedChecks} failed checks`);
      if (details.length === 0 && passedChecks === 0) details.push("nothing was checked");
      report.expect(name, file, details, `${passedChecks} checks`);
    }
  }
}

/** Result of each file, by its path. */
function validate(flavour, files) {
  const args = ["-cp", CLASSES, "org.verapdf.apps.GreenfieldCliWrapper", "--flavour", flavour, "--format", "json", "--loglevel", "0", "--nonpdfext", ...files];
  const run = spawnSync("java", args, { encoding: "utf8", maxBuffer: 1 << 28 });
  const start = run.stdout?.indexOf("{") ?? -1;
  if (start < 0) throw new Error(`veraPDF gave no result: ${run.error ?? run.stderr}`);
  const { jobs } = JSON.parse(run.stdout.slice(start)).report;
  return new Map(jobs.map((job) => [job.itemDetails.name, job.validationResult?.[0]]));
}
