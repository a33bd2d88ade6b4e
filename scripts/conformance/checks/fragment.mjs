// A fragment of `belagg export --web` in pages of others: within their style sheets it looks as it does without, it changes nothing of theirs, and
// axe-core finds no fault in it; its ids and classes are its own, and links within it find their ids.
//
// Every element of the fragment is compared, by the properties of LOOK; every element outside of it by all properties that a browser computes.

import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(join(process.env.BELAGG_CACHE, "npm", "package.json"));
const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];

/** What is seen of an element. */
const LOOK = [
  ..."display position float clear visibility opacity overflow-x overflow-y box-sizing width height max-width min-width aspect-ratio".split(" "),
  ..."margin-top margin-right margin-bottom margin-left padding-top padding-right padding-bottom padding-left".split(" "),
  ..."border-top-width border-right-width border-bottom-width border-left-width border-top-style border-left-style border-top-color".split(" "),
  ..."border-bottom-color border-radius outline-style outline-width background-color background-image box-shadow color".split(" "),
  ..."font-family font-size font-style font-weight font-variant-caps font-variant-numeric line-height letter-spacing word-spacing".split(" "),
  ..."text-align text-indent text-transform text-decoration-line text-decoration-style vertical-align white-space hyphens quotes".split(" "),
  ..."list-style-type list-style-position list-style-image border-collapse border-spacing caption-side fill stroke stroke-width text-anchor".split(" "),
  ..."grid-template-columns flex-direction flex-wrap gap align-items justify-content cursor content counter-increment".split(" "),
];

/** A page of others around a fragment. Both are as wide whatever the sheet. */
const page = (fragment, sheets) => `<!DOCTYPE html><html lang="sv"><head><meta charset="utf-8"><title>Värd</title>
${sheets.map((sheet) => `<style>${sheet}</style>`).join("\n")}</head><body><div id="wrapper"><header><a href="https://example.org/">Start</a></header>
<main id="content"><h1 class="h1">Sidans rubrik</h1><p>Brödtext med <a href="https://example.org/a">länk</a>, <strong>fet</strong> och <em>kursiv</em>.</p>
<h2 class="label">Rubrik två</h2><ul class="legend"><li>En</li><li>Två</li></ul><ol><li>Ett</li></ol>
<table class="table end"><caption>Tabell</caption><thead><tr><th scope="col" class="group">A</th><th scope="col">B</th></tr></thead><tbody><tr class="total"><td class="end">1</td><td>2</td></tr></tbody></table>
<figure class="figure"><svg class="chart" width="20" height="20" role="img" aria-label="ruta"><rect width="9" height="9" fill="#123456"/><text font-size="14">x</text></svg><figcaption>Bild</figcaption></figure>
<blockquote class="statement">Citat</blockquote><dl class="definitions"><dt>Ord</dt><dd>Förklaring</dd></dl><details><summary>Mer</summary><p>Dolt</p></details>
<div class="room" style="width: min(700px, 100%); max-width: none; padding: 0; margin: 0; overflow: visible">${fragment}</div></main></div></body></html>`;

/** Every check of a folder. */
export async function checkFragments(browser, folder, hosts, report) {
  const fragment = readFileSync(join(folder, "fragment.html"), "utf8");
  const own = readFileSync(join(folder, "fragment.css"), "utf8");
  const see = (sheets, width, axe) => looked(browser, folder, page(fragment, sheets), width, axe);
  const alone = await see([own], 1280);
  report.expect("names of its own", folder, names(fragment), "ids, classes, links within");
  for (const host of readdirSync(hosts).sort()) {
    const sheet = readFileSync(join(hosts, host), "utf8");
    const told = (what) => `${what} (${host})`;
    for (const [order, sheets] of [["after", [own, sheet]], ["before", [sheet, own]]]) {
      const among = await see(sheets, 1280);
      const remark = `${alone.inside.length} elements, ${LOOK.length} properties`;
      report.expect(told(`looks the same with a sheet ${order} it`), folder, different(alone.inside, among.inside), remark);
    }
    const [without, beside] = [await see([sheet], 1280), await see([sheet, own], 1280)];
    const leaked = different(without.outside, beside.outside);
    report.expect(told("changes nothing outside"), folder, leaked, `${beside.outside.length} elements, all properties`);
    for (const width of [320, 768, 1280]) {
      const found = await see([sheet, own], width, true);
      report.expect(told(`WCAG 2.2 AA at ${width} px`), folder, found.violations, "axe-core");
      report.expect(told(`keeps to its room at ${width} px`), folder, found.wide);
    }
  }
}

/** Ids and classes that another page may have too, and links within the fragment that lead nowhere. */
function names(fragment) {
  const values = (name) => [...fragment.matchAll(new RegExp(`\\s${name}="([^"]*)"`, "g"))].map(([, value]) => value);
  const ids = values("id");
  const root = ids[0] ?? "";
  const foreign = ids.filter((id) => id !== root && !id.startsWith(`${root}-`)).map((id) => `the id ${id} does not begin with ${root}-`);
  const classes = values("class").flatMap((list) => list.split(/\s+/)).filter((name) => name !== "belagg" && !name.startsWith("belagg-"));
  const twice = ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `the id ${id} stands twice`);
  const dead = values("href").filter((to) => to.startsWith("#") && !ids.includes(decodeURIComponent(to.slice(1)))).map((to) => `${to} leads nowhere in the fragment`);
  return [...(root.startsWith("belagg-") ? [] : ["its first element has no id of its own"]), ...foreign, ...twice, ...dead, ...classes.map((name) => `the class ${name} does not begin with belagg-`)];
}

/** What Chromium makes of a page in a folder. */
async function looked(browser, folder, html, width, axe = false) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, reducedMotion: "reduce" });
  try {
    const tab = await context.newPage();
    await tab.route("http://fragment.test/**", (route) => {
      const path = decodeURIComponent(new URL(route.request().url()).pathname);
      if (path === "/") return route.fulfill({ contentType: "text/html; charset=utf-8", body: html });
      return route.fulfill({ path: join(folder, path) });
    });
    await tab.goto("http://fragment.test/");
    await tab.evaluate(() => document.fonts.ready);
    if (axe) {
      await tab.evaluate(AXE);
      return await tab.evaluate(check, TAGS);
    }
    return await tab.evaluate(look, LOOK);
  } finally {
    await context.close();
  }
}

/** Runs in the page. */
function look(properties) {
  const told = (element, at, names, pseudo) => {
    const style = getComputedStyle(element, pseudo);
    const place = `${element.localName}.${element.getAttribute("class") ?? ""} (${at})${pseudo ?? ""}`;
    return { place, names, values: names.map((name) => style.getPropertyValue(name)) };
  };
  const inside = [...document.querySelectorAll(".belagg, .belagg *")].flatMap((element, at) => {
    if (["defs", "title", "desc"].includes(element.localName)) return [];
    // Sheets draw before and after few elements.
    const drawn = element.matches("li, blockquote, a, summary, q, h2") ? ["::before", "::after"] : [];
    return [null, ...drawn].map((pseudo) => told(element, at, properties, pseudo));
  });
  const every = [...getComputedStyle(document.body)].filter((name) => !name.startsWith("--"));
  const outside = [...document.querySelectorAll("body *")].filter((element) => !element.closest(".belagg") && !element.querySelector(".belagg"));
  return { inside, outside: outside.map((element, at) => told(element, at, every)) };
}

/** Runs in the page. */
async function check(tags) {
  const { violations } = await window.axe.run({ include: [".belagg"] }, { runOnly: { type: "tag", values: tags }, preload: false });
  const root = document.querySelector(".belagg");
  const room = root.getBoundingClientRect();
  const scrolls = (element) => element.closest("[class*='table-box'], [class*='chart-box'], [class*='visually-hidden']");
  const wide = [...root.querySelectorAll("*")].filter((element) => element.getBoundingClientRect().right > room.right + 1 && !scrolls(element));
  return {
    violations: violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target.join(" ")}: ${rule.help}`)),
    wide: wide.slice(0, 5).map((element) => `${element.localName}.${element.getAttribute("class")} ends ${Math.round(element.getBoundingClientRect().right - room.right)} px too far`),
  };
}

/** What differs between two looks at the same elements. */
function different(one, other) {
  if (one.length !== other.length) return [`${one.length} and ${other.length} elements`];
  return one.flatMap(({ place, names, values }, at) => {
    const now = other[at].values;
    return values.flatMap((value, index) => (now[index] === value ? [] : [`${place}: ${names[index]} is ${now[index]} in place of ${value}`]));
  });
}
