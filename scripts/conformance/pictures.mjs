// Pictures for the README: pictures.mjs PAGE FOLDER PNG... takes the page in a browser, and the PNGs (without .png) side by side.

import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { launch } from "./checks/browser.mjs";
import { row } from "./row.mjs";

const [page, folder, ...pngs] = process.argv.slice(2);

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
