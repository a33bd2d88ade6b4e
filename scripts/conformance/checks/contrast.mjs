// Contrast as computed by the browser, of every text and of every colour of the charts: axe-core leaves out text in SVG, single
// characters and what is scrolled out of sight.

const TEXT = 4.5;
const LARGE_TEXT = 3;
const GRAPHICS = 3;
/** What only helps the eye: nothing is lost without it. A rim is ground that keeps two shapes apart, and the field below a line says what the line says. */
const HELPERS = ".c-grid, .c-link, .c-band, .c-value-band, .c-rim, path.c-shade-1, [class^='c-ribbon']";

export async function checkContrast(page, file, circumstances, report) {
  const { details, texts, graphics, lowest } = await page.evaluate(measure, { TEXT, LARGE_TEXT, GRAPHICS, HELPERS });
  if (texts === 0) details.push("there is no text to measure");
  report.expect(`contrast, ${circumstances}`, file, details, `${texts} texts, ${graphics} marks of charts, lowest ${lowest}:1`);
}

/** Runs in the page, or in an SVG that is opened as a document. */
function measure({ TEXT, LARGE_TEXT, GRAPHICS, HELPERS }) {
  const XHTML = "http://www.w3.org/1999/xhtml";
  const root = document.body ?? document.documentElement;
  document.querySelectorAll("details").forEach((details) => (details.open = true));

  // Whatever way a colour is written, a canvas knows its red, green, blue and alpha.
  const brush = document.createElementNS(XHTML, "canvas").getContext("2d", { willReadFrequently: true });
  const known = new Map();
  const colour = (text) => {
    if (!known.has(text)) {
      brush.clearRect(0, 0, 1, 1);
      brush.fillStyle = text;
      brush.fillRect(0, 0, 1, 1);
      const [red, green, blue, alpha] = brush.getImageData(0, 0, 1, 1).data;
      known.set(text, [red, green, blue, alpha / 255]);
    }
    return known.get(text);
  };
  const over = ([r, g, b, a], ground, opacity = 1) => [r, g, b].map((part, i) => part * a * opacity + ground[i] * (1 - a * opacity)).concat(1);
  const luminance = (parts) => {
    const linear = parts.slice(0, 3).map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  };
  const contrast = (one, other) => {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const hex = (parts) => `#${parts.slice(0, 3).map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;

  // The ground of the window itself: white, or dark where the page says that it has a dark look.
  const probe = document.documentElement.appendChild(document.createElementNS(XHTML, "span"));
  probe.style.color = "Canvas";
  const canvas = colour(getComputedStyle(probe).color);
  probe.remove();

  const details = [];
  const grounds = new Map();
  /** Ground behind what an element holds: the backgrounds of all that it stands in. */
  const ground = (element) => {
    if (!element) return canvas;
    if (!grounds.has(element)) {
      const style = getComputedStyle(element);
      if (style.backgroundImage !== "none") details.push(`${name(element)}: stands on an image, so its contrast cannot be told`);
      grounds.set(element, over(colour(style.backgroundColor), ground(element.parentElement)));
    }
    return grounds.get(element);
  };
  const opacity = (element) => (element ? Number(getComputedStyle(element).opacity) * opacity(element.parentElement) : 1);
  const name = (element) => element.tagName.toLowerCase() + (element.id ? `#${element.id}` : element.getAttribute("class") ? `.${element.getAttribute("class").replace(/ /g, ".")}` : "");
  const seen = (element) => {
    const { width, height } = element.getBoundingClientRect();
    return element.checkVisibility({ visibilityProperty: true }) && width > 1 && height > 1;
  };

  let texts = 0;
  let graphics = 0;
  let lowest = 21;
  const hold = (what, one, other, least) => {
    const ratio = contrast(one, other);
    lowest = Math.min(lowest, ratio);
    if (ratio < least) details.push(`${what}: ${ratio.toFixed(2)}:1, ${hex(one)} on ${hex(other)}, less than ${least}:1`);
  };
  const least = (style) => {
    const size = parseFloat(style.fontSize);
    return size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? LARGE_TEXT : TEXT;
  };
  const said = (text) => JSON.stringify(text.trim().replace(/\s+/g, " ").slice(0, 30));

  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || element.closest("svg, script, style, noscript, template") || !seen(element)) continue;
    const style = getComputedStyle(element);
    texts += 1;
    const ink = over(colour(style.color), ground(element), opacity(element));
    hold(`${name(element)} ${said(walker.currentNode.data)}`, ink, ground(element), least(style));
  }

  // Signs that the style sheet puts before or after an element, or before an item of a list.
  for (const element of root.querySelectorAll("*")) {
    if (element.closest("svg") || !seen(element)) continue;
    for (const part of ["::before", "::after", "::marker"]) {
      const style = getComputedStyle(element, part);
      const listed = part === "::marker" && style.display !== "none" && getComputedStyle(element).display === "list-item" && getComputedStyle(element).listStyleType !== "none";
      const written = part !== "::marker" && !["none", "normal"].includes(style.content) && style.content.replace(/\/.*$/, "").replace(/["\s]/g, "") !== "";
      if (!listed && !written) continue;
      texts += 1;
      const behind = part === "::marker" ? ground(element) : over(colour(style.backgroundColor), ground(element));
      hold(`${name(element)}${part}`, over(colour(style.color), behind, opacity(element)), behind, least(style));
    }
  }

  const SHAPES = "rect, circle, ellipse, polygon, polyline, path, line";
  for (const svg of root.matches("svg") ? [root] : root.querySelectorAll("svg")) {
    const page = ground(svg);
    const shapes = [...svg.querySelectorAll(SHAPES)].filter((shape) => !shape.closest("defs, clipPath, mask, marker, pattern, symbol"));
    const paint = (style, property) => (style[property] === "none" ? undefined : over(colour(style[property]), page, Number(style[`${property}Opacity`])));
    const filled = shapes.map((shape) => ({ shape, fill: paint(getComputedStyle(shape), "fill") })).filter(({ fill }) => fill);
    const covers = (shape, x, y) => shape.isPointInFill(new DOMPoint(x, y).matrixTransform(shape.getScreenCTM().inverse()));
    const written = [...svg.querySelectorAll("text")].filter((text) => text.textContent.trim() && seen(text));

    const holding = new Set();
    for (const text of written) {
      texts += 1;
      const style = getComputedStyle(text);
      const { left, top, width, height } = text.getBoundingClientRect();
      const before = filled.filter(({ shape }) => shape.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING);
      for (const across of [0.03, 0.5, 0.97]) {
        const under = before.findLast(({ shape }) => covers(shape, left + across * width, top + 0.55 * height));
        if (under) holding.add(under.shape);
        const behind = under?.fill ?? page;
        hold(`text ${said(text.textContent)} of a chart`, over(colour(style.fill), behind, Number(style.fillOpacity) * opacity(text)), behind, least(style));
      }
    }

    for (const shape of shapes) {
      // A field that carries its value as text needs no colour to be understood.
      if (shape.matches(HELPERS) || holding.has(shape)) continue;
      const style = getComputedStyle(shape);
      const colours = [paint(style, "fill"), paint(style, "stroke")].filter(Boolean);
      if (colours.length === 0) continue;
      graphics += 1;
      const best = colours.sort((a, b) => contrast(b, page) - contrast(a, page))[0];
      hold(`${name(shape)} of a chart`, best, page, GRAPHICS);
    }

    // Fields that touch are told apart.
    const bars = filled.filter(({ shape }) => shape.matches("rect[class*=series]")).map(({ shape, fill }) => ({ shape, fill, box: shape.getBoundingClientRect() }));
    bars.forEach((one, index) => {
      const other = bars[index + 1];
      if (!other || one.shape.getAttribute("class") === other.shape.getAttribute("class")) return;
      const beside = Math.abs(one.box.top - other.box.top) < 1.5 && Math.abs(one.box.right - other.box.left) < 1.5;
      const above = Math.abs(one.box.left - other.box.left) < 1.5 && Math.abs(one.box.top - other.box.bottom) < 1.5;
      if (beside || above) hold(`${name(other.shape)} beside ${name(one.shape)} in a chart`, other.fill, one.fill, GRAPHICS);
    });
  }
  return { details: [...new Set(details)], texts, graphics, lowest: lowest.toFixed(2) };
}
