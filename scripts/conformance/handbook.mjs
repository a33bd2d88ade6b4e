// Pictures for the handbook: handbook.mjs ADDRESS PREVIEW PAGES PNG... takes the preview at the address, and the PNGs (without .png) side by side.

import { launch } from "./checks/browser.mjs";
import { row } from "./row.mjs";

const [address, preview, pages, ...pngs] = process.argv.slice(2);

const browser = await launch();
try {
  const take = async (path, viewport, open, fullPage = false) => {
    const context = await browser.newContext({ viewport });
    const tab = await context.newPage();
    await open(tab);
    await tab.screenshot({ path, fullPage });
    await context.close();
  };
  await take(pages, { width: 900, height: 100 }, (tab) => tab.setContent(row(pngs)), true);
  await take(preview, { width: 1280, height: 760 }, async (tab) => {
    await tab.goto(address);
    // The pages are set once more when nothing is saved.
    await tab.waitForTimeout(6000);
  });
} finally {
  await browser.close();
}
