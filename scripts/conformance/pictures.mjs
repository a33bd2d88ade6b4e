// Pictures for the README: pictures.mjs PAGE FOLDER PNG... takes the page in a browser, and the PNGs (without .png) side by side.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { launch } from "./checks/browser.mjs";

const [page, folder, ...pngs] = process.argv.slice(2);

/** A page of nothing but the images, in a row on a grey ground. */
function row(files) {
  const images = files.map((file) => `<img src="data:image/png;base64,${readFileSync(`${file}.png`).toString("base64")}">`);
  return `<!doctype html><style>
    body { margin: 0; padding: 20px; display: flex; align-items: flex-start; gap: 20px; background: #d9dcdf }
    img { flex: 1; min-width: 0; box-shadow: 0 1px 6px #0004 }
  </style>${images.join("")}`;
}

const browser = await launch();
try {
  const take = async (name, options, open, fullPage = false) => {
    const context = await browser.newContext(options);
    const tab = await context.newPage();
    await open(tab);
    await tab.screenshot({ path: join(folder, `${name}.png`), fullPage });
    await context.close();
  };
  const website = (tab) => tab.goto(pathToFileURL(page).href);
  await take("pdf", { viewport: { width: 1200, height: 100 } }, (tab) => tab.setContent(row(pngs)), true);
  await take("page", { viewport: { width: 1280, height: 900 }, colorScheme: "light" }, website);
  // On a telephone the first screen is title and summary; a chart shows more of dark mode.
  await take("page-dark", { viewport: { width: 390, height: 844 }, colorScheme: "dark" }, async (tab) => {
    await website(tab);
    await tab.locator("figure svg").first().scrollIntoViewIfNeeded();
    await tab.evaluate(() => document.querySelector("figure svg")?.closest("figure").scrollIntoView({ block: "center" }));
  });
} finally {
  await browser.close();
}
