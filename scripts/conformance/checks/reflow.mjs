// Reflow and enlarged text: the page never scrolls sideways, and no text is cut off.

/** WCAG 1.4.12: what a reader may set, and nothing may be lost by it. */
const SPACING = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
  p { margin-bottom: 2em !important }`;

export async function checkReflow(open, file, report) {
  // A window of 1280 by 1024 px enlarged to 400 percent: a quarter of the width and height, four device pixels to one of CSS.
  await open({ viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 }, async (page) => {
    report.expect("no sideways scrolling at 400 % zoom", file, await faults(page));
  });
}

/** The same in a window of any size: leaves the page as it was. */
export async function checkSizes(page, file, report) {
  await page.setViewportSize({ width: 320, height: 900 });
  report.expect("no sideways scrolling at 320 px", file, await faults(page));
  const spacing = await page.addStyleTag({ content: SPACING });
  report.expect("no loss by wide spacing at 320 px", file, await faults(page));
  await spacing.evaluate((style) => style.remove());
  await page.setViewportSize({ width: 1280, height: 1024 });
  const before = await size(page);
  await page.evaluate(() => {
    const root = document.documentElement;
    root.style.fontSize = `${2 * parseFloat(getComputedStyle(root).fontSize)}px`;
  });
  const after = await size(page);
  const details = await faults(page);
  if (after < 1.9 * before) details.push(`text of ${before} px became ${after} px: it does not follow the reader's size of text`);
  report.expect("no loss by text of 200 %", file, details);
  await page.evaluate(() => document.documentElement.style.removeProperty("font-size"));
}

/** Size of most of the text, in CSS pixels. */
async function size(page) {
  return page.evaluate(() => {
    const sizes = new Map();
    for (const element of document.body.querySelectorAll("p, li, td, th, dd")) {
      const key = parseFloat(getComputedStyle(element).fontSize);
      sizes.set(key, (sizes.get(key) ?? 0) + element.textContent.length);
    }
    return [...sizes].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
  });
}

/** Elements that stick out of the page to the right, where the page scrolls sideways, and text that is cut off. */
async function faults(page) {
  // What follows the width of the window, follows with the next picture.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  return page.evaluate(() => {
    const root = document.documentElement;
    const name = (element) => element.tagName.toLowerCase() + (element.id && `#${element.id}`);
    const elements = [...document.body.querySelectorAll("*")];

    const hides = (style, axis) => ["hidden", "clip"].includes(style[`overflow${axis}`]);
    const cut = elements.filter((element) => {
      const style = getComputedStyle(element);
      const { width } = element.getBoundingClientRect();
      // A pixel wide: meant for those who listen.
      if (width <= 1 || element.closest("svg") || !element.innerText?.trim()) return false;
      const wide = hides(style, "X") && element.scrollWidth > element.clientWidth + 1;
      return wide || (hides(style, "Y") && element.scrollHeight > element.clientHeight + 1);
    });
    const found = cut.slice(0, 5).map((element) => `text is cut off in ${name(element)}`);

    // Wider by nature and scrolled in a box of its own, such as a table, is no fault: the page itself must not scroll.
    window.scrollTo(10_000, 0);
    const scrolled = window.scrollX;
    window.scrollTo(0, 0);
    if (scrolled === 0 && root.scrollWidth <= root.clientWidth) return found;
    const end = (element) => {
      const { left, right } = element.getBoundingClientRect();
      return getComputedStyle(element).overflowX === "visible" ? Math.max(right, left + element.scrollWidth) : right;
    };
    const boxed = (element) => element && (getComputedStyle(element).overflowX !== "visible" || boxed(element.parentElement));
    const wide = elements.filter((element) => end(element) > root.clientWidth + 1 && !boxed(element.parentElement));
    return [...found, `the page is ${root.scrollWidth} px wide; wider than the window: ${wide.slice(0, 5).map(name).join(", ")}`];
  });
}
