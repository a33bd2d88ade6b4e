// PDF/A and PDF/UA-1, by veraPDF: PDF/A-2a, or PDF/A-3a for a file that carries other files.

import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const NAMES = { "2a": "PDF/A-2a", "3a": "PDF/A-3a", ua1: "PDF/UA-1" };
const LIBRARY = join(process.env.BELAGG_CACHE, "verapdf", "lib");

/** Each file by each flavour; a file that is not understood fails. */
export async function checkPdfs(files, report) {
  if (files.length === 0) return;
  // By the flavours that a file says it has, which should be those that it must have; and what files it carries.
  const { jobs, buildInformation } = await verapdf(["--extract", "embeddedFile"], files);
  const { version } = buildInformation.releaseDetails.find(({ id }) => id === "core");
  checkProfiles(version, report);
  const carrying = new Set(jobs.filter((job) => Object.keys(job.featuresReport ?? {}).length > 0).map((job) => job.itemDetails.name));
  const told = resultsOf(jobs);
  for (const flavour of ["2a", "3a", "ua1"]) {
    const chosen = files.filter((file) => flavour === "ua1" || carrying.has(file) === (flavour === "3a"));
    const left = chosen.filter((file) => !told.get(file)?.has(flavour));
    const found = left.length > 0 ? resultsOf((await verapdf(["--flavour", flavour], left)).jobs) : new Map();
    for (const file of chosen) judge(flavour, file, told.get(file)?.get(flavour) ?? found.get(file)?.get(flavour), version, report);
  }
}

/** What was found of each file, by flavour. */
function resultsOf(jobs) {
  const flavourOf = ({ profileName }) => Object.keys(NAMES).find((flavour) => profileName?.toLowerCase().startsWith(`${NAMES[flavour].toLowerCase()} `));
  const found = ({ validationResult }) => (validationResult ?? []).filter(({ jobEndStatus }) => jobEndStatus === "normal").map((result) => [flavourOf(result), result]);
  return new Map(jobs.map((job) => [job.itemDetails.name, new Map(found(job))]));
}

function judge(flavour, file, result, version, report) {
  if (!result?.details) {
    report.fail(NAMES[flavour], file, ["veraPDF could not read the file"]);
    return;
  }
  const { passedChecks, failedChecks, ruleSummaries } = result.details;
  const details = ruleSummaries.map((rule) => `${rule.clause} test ${rule.testNumber}, ${rule.failedChecks} times: ${rule.description}`);
  if (details.length === 0 && (failedChecks > 0 || !result.compliant)) details.push(`${failedChecks} failed checks`);
  if (details.length === 0 && passedChecks === 0) details.push("nothing was checked");
  report.expect(NAMES[flavour], file, details, `${passedChecks} checks, veraPDF ${version}`);
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

async function verapdf(options, files) {
  const args = ["-XX:+UseSerialGC", "-cp", join(LIBRARY, "*"), "org.verapdf.apps.GreenfieldCliWrapper", ...options, "--format", "json", "--loglevel", "0", "--nonpdfext", ...files];
  // It ends with 1 where a file has faults.
  const { stdout, stderr } = await promisify(execFile)("java", args, { maxBuffer: 1 << 28 }).catch((error) => error);
  const start = stdout?.indexOf("{") ?? -1;
  if (start < 0) throw new Error(`veraPDF gave no result: ${stderr}`);
  return JSON.parse(stdout.slice(start)).report;
}
