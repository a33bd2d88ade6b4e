// PDF/A and PDF/UA-1, by veraPDF: PDF/A-2a, or PDF/A-3a for a file that carries other files.

import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const NAMES = { "2a": "PDF/A-2a", "3a": "PDF/A-3a", ua1: "PDF/UA-1" };
const LIBRARY = join(process.env.BELAGG_CACHE, "verapdf", "lib");

/** Each file by each flavour; a file that is not understood fails. */
export function checkPdfs(files, report) {
  if (files.length === 0) return;
  const { carrying, version } = attachments(files);
  checkProfiles(version, report);
  const archived = (flavour, chosen) => chosen.length > 0 && check(flavour, chosen, version, report);
  archived("2a", files.filter((file) => !carrying.has(file)));
  archived("3a", files.filter((file) => carrying.has(file)));
  check("ua1", files, version, report);
}

function check(flavour, files, version, report) {
  const { jobs } = verapdf(["--flavour", flavour], files);
  const results = new Map(jobs.map((job) => [job.itemDetails.name, job.validationResult?.[0]]));
  for (const file of files) {
    const result = results.get(file);
    if (!result?.details || result.jobEndStatus !== "normal") {
      report.fail(NAMES[flavour], file, ["veraPDF could not read the file"]);
      continue;
    }
    const { passedChecks, failedChecks, ruleSummaries } = result.details;
    const details = ruleSummaries.map((rule) => `${rule.clause} test ${rule.testNumber}, ${rule.failedChecks} times: ${rule.description}`);
    if (details.length === 0 && (failedChecks > 0 || !result.compliant)) details.push(`${failedChecks} failed checks`);
    if (details.length === 0 && passedChecks === 0) details.push("nothing was checked");
    report.expect(NAMES[flavour], file, details, `${passedChecks} checks, veraPDF ${version}`);
  }
}

/** Which files carry other files, and the validator's version. */
function attachments(files) {
  const { jobs, buildInformation } = verapdf(["--off", "--extract", "embeddedFile"], files);
  const carrying = jobs.filter((job) => Object.keys(job.featuresReport ?? {}).length > 0);
  return {
    carrying: new Set(carrying.map((job) => job.itemDetails.name)),
    version: buildInformation.releaseDetails.find(({ id }) => id === "core").version,
  };
}

/** veraPDF on Maven Central has no profile for WCAG in tagged PDF. Should a later one have it, this fails until it is run here too. */
function checkProfiles(version, report) {
  // A jar lists its entries by name at its end, in plain text.
  const names = readdirSync(LIBRARY)
    .filter((name) => name.endsWith(".jar"))
    .flatMap((name) => readFileSync(join(LIBRARY, name), "latin1").match(/org\/verapdf\/pdfa\/validation\/[\w.-]+\.xml/g) ?? []);
  const profiles = [...new Set(names.map((name) => name.replace(/^.*\//, "").replace(".xml", "")))];
  const details = profiles.filter((name) => /wcag/i.test(name)).map((name) => `the profile ${name} is there and is not run`);
  if (profiles.length === 0) details.push("no profile was found");
  report.expect("veraPDF's profiles", `veraPDF ${version}`, details, `${profiles.length} profiles, none of them for WCAG`);
}

function verapdf(options, files) {
  const args = ["-cp", join(LIBRARY, "*"), "org.verapdf.apps.GreenfieldCliWrapper", ...options, "--format", "json", "--loglevel", "0", "--nonpdfext", ...files];
  const run = spawnSync("java", args, { encoding: "utf8", maxBuffer: 1 << 28 });
  const start = run.stdout?.indexOf("{") ?? -1;
  if (start < 0) throw new Error(`veraPDF gave no result: ${run.error ?? run.stderr}`);
  return JSON.parse(run.stdout.slice(start)).report;
}
