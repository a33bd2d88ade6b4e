// Charts as files of their own: well-formed, self-contained, with a name and a description, and legible where they are opened.

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

import { checkContrast } from "./contrast.mjs";

export async function checkCharts(browser, files, atOnce, report) {
  // A chart that stays as it is has the same file in each version.
  const texts = new Map(files.map((file) => [file, readFileSync(file, "utf8")]));
  const different = files.filter((file, index) => files.findIndex((other) => texts.get(other) === texts.get(file)) === index);
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  await report.each(different, atOnce, async (file, own) => {
    const page = await context.newPage();
    await checkChart(page, file, texts.get(file), own);
    await page.close();
  });
  await context.close();
}

async function checkChart(page, file, text, report) {
  const details = await page.evaluate(inspect, text);
  report.expect("chart stands alone", file, details);
  if (details.some((detail) => detail.startsWith("not well-formed"))) return;
  await page.goto(pathToFileURL(file).href);
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    await checkContrast(page, file, colorScheme, report);
  }
}

/** Runs in a page: the text is parsed and never shown, so nothing in it can run. */
function inspect(text) {
  const parsed = new DOMParser().parseFromString(text, "image/svg+xml");
  const error = parsed.querySelector("parsererror");
  if (error) return [`not well-formed: ${error.textContent.replace(/\s+/g, " ").slice(0, 200)}`];
  const svg = parsed.documentElement;
  const found = [];
  if (svg.localName !== "svg" || svg.namespaceURI !== "http://www.w3.org/2000/svg") found.push("the root is no svg element of SVG's namespace");
  if (svg.getAttribute("role") !== "img") found.push('the root has no role="img"');
  for (const part of ["title", "desc"]) {
    if (!svg.querySelector(`:scope > ${part}`)?.textContent.trim()) found.push(`there is no ${part}, or nothing in it`);
  }
  const names = (svg.getAttribute("aria-labelledby") ?? "").split(/\s+/).filter(Boolean);
  if (names.length === 0 || names.some((id) => !parsed.getElementById(id)?.textContent.trim())) found.push("aria-labelledby names no text of the file");
  if (!svg.hasAttribute("viewBox")) found.push("there is no viewBox, so it cannot be scaled");

  if (/<!DOCTYPE|<!ENTITY|<\?xml-stylesheet/i.test(text)) found.push("it declares a document type, an entity or a style sheet elsewhere");
  for (const element of parsed.querySelectorAll("*")) {
    if (["script", "foreignObject", "iframe", "object", "embed", "handler"].includes(element.localName)) found.push(`it has a ${element.localName}`);
    if (element.localName === "style" && /@import/i.test(element.textContent)) found.push("its style imports another");
    const values = [...element.attributes].map(({ name, value }) => [name, value]);
    if (element.localName === "style") values.push(["style", element.textContent]);
    for (const [name, value] of values) {
      if (/^on/i.test(name)) found.push(`${element.localName} has ${name}`);
      if (/^(href|xlink:href|src)$/.test(name) && !/^(#|data:)/.test(value)) found.push(`${element.localName} refers to ${value}`);
      for (const [, url] of value.matchAll(/url\(\s*["']?([^"')]*)/gi)) {
        if (!/^(#|data:)/.test(url)) found.push(`${element.localName} refers to ${url}`);
      }
    }
  }
  return [...new Set(found)];
}
