// Charts answer: each has one stop, from which the arrow keys go through its values, and what is heard and shown is what its table says;
// pointer and finger find the same values; by the keyboard a button takes a series away and brings it back, and the picture is saved.

/** So many values of a chart are looked at, spread over all. */
const LOOKED_AT = 12;

export async function checkAnswers(open, file, report) {
  await open({ acceptDownloads: true, hasTouch: true }, async (page) => {
    const figures = await page.locator("figure:has(> .chart-box)").all();
    if (figures.length === 0) return;
    const details = [];
    const aloud = await readAloud(page);
    let values = 0;
    for (const figure of figures) {
      const name = (await figure.locator(".chart-box").getAttribute("aria-label")) ?? "a chart";
      const slider = figure.locator("input");
      if ((await slider.count()) !== 1) {
        details.push(`${name} has no stop that answers`);
        continue;
      }
      if (!aloud.includes(await slider.getAttribute("aria-label"))) details.push(`${name} is not read aloud by its name`);
      const cells = await figure.evaluate(tabled);
      for (const check of [heard, keys, pointer, buttons, picture]) {
        const found = await check({ page, figure, slider, cells });
        details.push(...found.map((detail) => `${name}: ${detail}`));
      }
      values += Number(await slider.getAttribute("max")) + 1;
    }
    report.expect("charts answer", file, details, `${figures.length} charts, ${values} values`);
  });
}

/** Runs in the page: what the table of a chart holds, as it is heard. */
function tabled(figure) {
  const words = (cell) => {
    const copy = cell.cloneNode(true);
    copy.querySelectorAll('[aria-hidden="true"], .note-mark').forEach((part) => part.remove());
    return copy.textContent.replace(/\s+/g, " ").trim();
  };
  return [...figure.querySelectorAll("details tbody tr")].map((row) => [...row.cells].map(words));
}

/** The value that is heard stands in the row that is heard. */
async function heard({ figure, slider, cells }) {
  const all = Number(await slider.getAttribute("max")) + 1;
  const step = Math.max(1, Math.floor(all / LOOKED_AT));
  const details = [];
  for (let at = 0; at < all; at += step) {
    await slider.evaluate((input, value) => {
      input.value = value;
      input.dispatchEvent(new Event("input"));
    }, at);
    const told = (await slider.getAttribute("aria-valuetext")) ?? "";
    const right = cells.some(([row, ...others]) => told.startsWith(`${row}, `) && others.some((value) => told.endsWith(`: ${value}`)));
    if (!right) details.push(`"${told}" does not stand in the table`);
    const shown = (await figure.locator(".chart-tip").innerText()).replace(/\s+/g, " ");
    if (!told.endsWith(shown.slice(shown.lastIndexOf(": ")))) details.push(`"${shown}" is shown, "${told}" is heard`);
  }
  return details;
}

/** Names of the sliders in the tree that is read aloud. */
async function readAloud(page) {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  return nodes.filter(({ role }) => role?.value === "slider").map((node) => node.name?.value);
}

async function keys({ page, figure, slider }) {
  const details = [];
  const tip = figure.locator(".chart-tip");
  await slider.focus();
  if (!(await tip.isVisible())) details.push("focus shows no value");
  if (Number(await slider.getAttribute("max")) > 0) {
    const before = await slider.getAttribute("aria-valuetext");
    await page.keyboard.press("End");
    await page.keyboard.press("Home");
    // The first value may stand at any side of the others.
    let moved = false;
    for (const arrow of ["ArrowRight", "ArrowDown", "ArrowUp", "ArrowLeft"]) {
      await page.keyboard.press("Home");
      await page.keyboard.press(arrow);
      moved ||= (await slider.getAttribute("aria-valuetext")) !== before;
    }
    if (!moved) details.push("no arrow leads to another value");
  }
  await page.keyboard.press("Escape");
  if (await tip.isVisible()) details.push("Escape does not close");
  await slider.blur();
  return details;
}

async function pointer({ page, figure, cells }) {
  const details = [];
  const tip = figure.locator(".chart-tip");
  const mark = figure.locator("[data-c] :not(polyline)").first();
  if ((await mark.count()) === 0) return details;
  for (const way of ["hover", "tap"]) {
    await mark.scrollIntoViewIfNeeded();
    const { x, y, width, height } = await mark.boundingBox();
    const [left, top] = [x + width / 2, y + height / 2];
    await (way === "hover" ? page.mouse.move(left, top) : page.touchscreen.tap(left, top));
    const words = (await tip.isVisible()) ? (await tip.innerText()).replace(/\s+/g, " ") : "nothing";
    if (!cells.some(([row, ...others]) => words.startsWith(row) && others.some((value) => words.endsWith(value)))) details.push(`${way} shows ${words}`);
    await page.keyboard.press("Escape");
    await page.mouse.move(0, 0);
  }
  return details;
}

async function buttons({ page, figure }) {
  const button = figure.locator(".chart-keys button").first();
  if ((await button.count()) === 0) return [];
  const hidden = () => figure.locator("svg .off").count();
  await button.focus();
  await page.keyboard.press("Space");
  const [off, pressed] = [await hidden(), await button.getAttribute("aria-pressed")];
  await page.keyboard.press("Enter");
  const details = off > 0 && pressed === "false" ? [] : ["a button of a series hides nothing"];
  return (await hidden()) > 0 ? [...details, "a series does not come back"] : details;
}

async function picture({ page, figure }) {
  const save = async () => {
    await figure.locator(".chart-save button").focus();
    await page.keyboard.press("Enter");
  };
  const [download] = await Promise.all([page.waitForEvent("download", { timeout: 30_000 }), save()]).catch(() => []);
  if (!download) return ["the picture is not saved"];
  const bytes = [];
  for await (const chunk of await download.createReadStream()) bytes.push(chunk);
  const png = Buffer.concat(bytes);
  // Its words and marks, not its ground alone.
  const inked = png.subarray(1, 4).toString() === "PNG" && (await page.evaluate(countInk, png.toString("base64")));
  return inked > 500 ? [] : [`${download.suggestedFilename()} holds no picture`];
}

/** Runs in the page: how many points of a picture are not white. */
async function countInk(base64) {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  const brush = new OffscreenCanvas(image.width, image.height).getContext("2d");
  brush.drawImage(image, 0, 0);
  const { data } = brush.getImageData(0, 0, image.width, image.height);
  let count = 0;
  for (let at = 0; at < data.length; at += 4) count += data[at] < 200 ? 1 : 0;
  return count;
}
