// Links: within the page and to its files they lead to something, outwards they are safe.

import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Links to places of the page that are not there, and to files that are not there. */
export async function checkDeadLinks(page, file, report) {
  const { dead, files } = await page.evaluate(() => {
    const here = location.href.replace(/#.*$/, "");
    const links = [...document.querySelectorAll("a[href]")];
    const inside = links.filter((link) => link.href.startsWith(`${here}#`));
    const missing = inside.filter((link) => !document.getElementById(decodeURIComponent(link.hash.slice(1))));
    return {
      dead: missing.map((link) => link.getAttribute("href")),
      files: links.filter((link) => link.protocol === "file:" && !inside.includes(link)).map((link) => link.href.replace(/[?#].*$/, "")),
    };
  });
  const details = [...dead, ...files.filter((url) => !existsSync(fileURLToPath(url)))];
  report.expect("links lead to something", file, details, "in the page and to its files");
}

/** Links out of the folder go by https (or are a mail address or a telephone number) and give no other window a handle on the page. */
export async function checkOutwardLinks(page, file, report) {
  const { details, count } = await page.evaluate(() => {
    const links = [...document.querySelectorAll("a[href], area[href], form[action]")];
    const url = (link) => new URL(link.getAttribute("href") ?? link.getAttribute("action"), location.href);
    const outward = links.filter((link) => url(link).protocol !== "file:");
    const faults = outward.flatMap((link) => {
      const { href, protocol } = url(link);
      const found = ["https:", "mailto:", "tel:"].includes(protocol) ? [] : [`${href}: goes by ${protocol} and not by https:`];
      const opens = link.target && !["_self", "_parent", "_top"].includes(link.target);
      return opens && !link.relList.contains("noopener") ? [...found, `${href}: opens a window and has no rel="noopener"`] : found;
    });
    return { details: faults, count: outward.length };
  });
  report.expect("links outwards are safe", file, details, `${count} links`);
}
