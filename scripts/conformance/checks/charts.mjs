// Charts answer: each has one stop, from which the arrow keys go through its values, and what is heard and shown is what its table says;
// pointer and finger find the same values; by the keyboard a button takes a series away and brings it back, and the picture is saved.

/** So many values of a chart are looked at, spread over all. */
const LOOKED_AT = 12;

export async function checkAnswers(open, file, report) {
  await open({ acceptDownloads: true, hasTouch: true }, async (page) => {
    const figures = await all(page, "figure:has(> .chart-box)");
    if (figures.length === 0) return;
    const details = [];
    let values = 0;
    const names = [];
    for (const figure of figures) {
      const name = (await attribute(await figure.$(".chart-box"), "aria-label")) ?? "a chart";
      const sliders = await figure.$$("input");
      if (sliders.length !== 1) {
        details.push(`${name} has no stop that answers`);
        continue;
      }
      const [slider] = sliders;
      names.push([name, await attribute(slider, "aria-label")]);
      const cells = await figure.evaluate(tabled);
      for (const check of [heard, keys, pointer, buttons, picture]) {
        const found = await check({ page, figure, slider, cells });
        details.push(...found.map((detail) => `${name}: ${detail}`));
      }
      values += Number(await attribute(slider, "max")) + 1;
    }
    // Last: from then on the browser keeps that tree at each change of the page.
    const aloud = await readAloud(page);
    details.push(...names.filter(([, own]) => !aloud.includes(own)).map(([name]) => `${name} is not read aloud by its name`));
    report.expect("charts answer", file, details, `${figures.length} charts, ${values} values`);
  });
}

/** Elements by the browser's own search: Playwright's goes through the whole page for each `:has`, and again for each step from there. */
async function all(page, selector) {
  const list = await page.evaluateHandle((text) => [...document.querySelectorAll(text)], selector);
  const found = await list.getProperties();
  return [...found.values()].map((handle) => handle.asElement());
}

const attribute = (element, name) => element.evaluate((node, key) => node.getAttribute(key), name);

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
  const told = await figure.evaluate(listen, { slider, most: LOOKED_AT });
  return told.flatMap(({ aloud, shown }) => {
    const right = cells.some(([row, ...others]) => aloud.startsWith(`${row}, `) && others.some((value) => aloud.endsWith(`: ${value}`)));
    return [
      ...(right ? [] : [`"${aloud}" does not stand in the table`]),
      ...(aloud.endsWith(shown.slice(shown.lastIndexOf(": "))) ? [] : [`"${shown}" is shown, "${aloud}" is heard`]),
    ];
  });
}

/** Runs in the page: goes through values of a chart; what is heard and what is shown of each. */
function listen(figure, { slider, most }) {
  const count = Number(slider.max) + 1;
  const step = Math.max(1, Math.floor(count / most));
  const told = [];
  for (let at = 0; at < count; at += step) {
    slider.value = at;
    slider.dispatchEvent(new Event("input"));
    told.push({
      aloud: slider.getAttribute("aria-valuetext") ?? "",
      shown: (figure.querySelector(".chart-tip")?.innerText ?? "").replace(/\s+/g, " "),
    });
  }
  return told;
}

/** Names of the sliders in the tree that is read aloud. */
async function readAloud(page) {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  return nodes.filter(({ role }) => role?.value === "slider").map((node) => node.name?.value);
}

async function keys({ page, figure, slider }) {
  const details = [];
  const tip = await figure.$(".chart-tip");
  const told = () => attribute(slider, "aria-valuetext");
  await slider.focus();
  if (!(await tip?.isVisible())) details.push("focus shows no value");
  if (Number(await attribute(slider, "max")) > 0) {
    const before = await told();
    await page.keyboard.press("End");
    // The first value may stand at any side of the others.
    let moved = false;
    for (const arrow of ["ArrowRight", "ArrowDown", "ArrowUp", "ArrowLeft"]) {
      await page.keyboard.press("Home");
      await page.keyboard.press(arrow);
      moved ||= (await told()) !== before;
    }
    if (!moved) details.push("no arrow leads to another value");
  }
  await page.keyboard.press("Escape");
  if (await tip?.isVisible()) details.push("Escape does not close");
  await slider.evaluate((input) => input.blur());
  return details;
}

async function pointer({ page, figure, cells }) {
  const details = [];
  const [tip, mark] = [await figure.$(".chart-tip"), await figure.$("[data-c] :not(polyline)")];
  if (!mark) return details;
  for (const way of ["hover", "tap"]) {
    const [left, top] = await mark.evaluate((shape) => {
      shape.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
      const { x, y, width, height } = shape.getBoundingClientRect();
      return [x + width / 2, y + height / 2];
    });
    await (way === "hover" ? page.mouse.move(left, top) : page.touchscreen.tap(left, top));
    const words = (await tip?.isVisible()) ? (await tip.innerText()).replace(/\s+/g, " ") : "nothing";
    if (!cells.some(([row, ...others]) => words.startsWith(row) && others.some((value) => words.endsWith(value)))) details.push(`${way} shows ${words}`);
    await page.keyboard.press("Escape");
    await page.mouse.move(0, 0);
  }
  return details;
}

async function buttons({ page, figure }) {
  const button = await figure.$(".chart-keys button");
  if (!button) return [];
  const hidden = () => figure.evaluate((element) => element.querySelectorAll("svg .off").length);
  await button.focus();
  await page.keyboard.press("Space");
  const [off, pressed] = [await hidden(), await attribute(button, "aria-pressed")];
  await page.keyboard.press("Enter");
  const details = off > 0 && pressed === "false" ? [] : ["a button of a series hides nothing"];
  return (await hidden()) > 0 ? [...details, "a series does not come back"] : details;
}

async function picture({ page, figure }) {
  const save = async () => {
    await (await figure.$(".chart-save button"))?.focus();
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
