// The keyboard alone: Tab reaches everything that can be used, in the order of the page and back, focus can be seen, the first stop
// leads past the navigation, Enter opens and closes what can be opened, arrows scroll what scrolls.

const WIDTHS = [320, 1280];
/** Contrast of the line round what has focus against the ground (WCAG 1.4.11), and its least width in pixels. */
const LEAST = { contrast: 3, width: 2 };
/** So many keys are pressed one after the other, unless something is to be done where focus comes to. */
const AT_ONCE = 20;
const TAB = { key: "Tab", code: "Tab", windowsVirtualKeyCode: 9 };
const SHIFT = 8;

export async function checkKeyboard(open, file, report) {
  for (const width of WIDTHS) {
    const viewport = { width, height: 900 };
    let skipping = [];
    await open({ viewport }, async (page) => (skipping = await skipLink(page)));
    await open({ viewport }, async (page) => {
      const { details, stops } = await walk(page);
      details.unshift(...skipping);
      report.expect(`keyboard at ${width} px`, file, details, `${stops} stops`);
    });
  }
  await open({}, async (page) => {
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      const { details, stops } = await visibleFocus(page);
      report.expect(`focus can be seen, ${colorScheme}`, file, details, `${stops} stops`);
    }
  });
}

/** Runs in the page: what the other functions that run there share. */
function equip() {
  const FOCUSABLE = "a[href], area[href], button, input, select, textarea, summary, iframe, audio[controls], video[controls], [tabindex], [contenteditable]";
  const tools = {
    stops: () => [...document.querySelectorAll(FOCUSABLE)].filter((element) => element.tabIndex >= 0 && !element.disabled && element.checkVisibility({ visibilityProperty: true })),
    name: (element) => {
      const words = element.getAttribute("aria-label") ?? element.textContent.trim().replace(/\s+/g, " ").slice(0, 40);
      return `${element.tagName.toLowerCase()}${element.id && `#${element.id}`} ${JSON.stringify(words)}`;
    },
    scrolls: (element) => ["auto", "scroll"].includes(getComputedStyle(element).overflowX) && element.scrollWidth > element.clientWidth + 1,
    /** Whether what has focus lies in the window with nothing before it. */
    covered: (element) => {
      // What lets the pointer through has focus where it lies all the same.
      const own = element.style.pointerEvents;
      element.style.pointerEvents = "auto";
      const boxes = [...element.getClientRects()].map(({ left, top, right, bottom }) => ({
        left: Math.max(left, 0),
        top: Math.max(top, 0),
        right: Math.min(right, document.documentElement.clientWidth),
        bottom: Math.min(bottom, window.innerHeight),
      }));
      const spots = boxes.filter((box) => box.right > box.left && box.bottom > box.top).flatMap(({ left, top, right, bottom }) =>
        [0.1, 0.5, 0.9].map((part) => document.elementFromPoint(left + part * (right - left), (top + bottom) / 2)));
      element.style.pointerEvents = own;
      return !spots.some((found) => found && (element.contains(found) || found.contains(element)));
    },
  };
  window.belaggKeyboard = tools;
  window.belaggReached = [];
}

/** Runs in the page: at each Tab that is let go, tells what has focus; does nothing more once something is to be done there. */
function listen() {
  const told = (window.belaggTold = {});
  const listener = (event) => {
    if (event.key !== "Tab") return;
    if (told.waits) {
      event.preventDefault();
      event.stopImmediatePropagation();
    } else if (event.type === "keyup") {
      const stop = window.belaggLook();
      told.stops.push(stop ?? null);
      told.waits = !stop || stop.again || stop.covered || (told.acts && (stop.scrolls || stop.opens !== undefined));
    }
  };
  for (const type of ["keydown", "keyup"]) window.addEventListener(type, listener, { capture: true });
}

/** A page that tells what Tab comes to. */
async function tabbing(page) {
  await page.evaluate(equip);
  await page.evaluate(`window.belaggLook = ${look}; (${listen})()`);
  const session = await page.context().newCDPSession(page);
  // What a page shows within itself takes the keys that are pressed there.
  const atOnce = (await page.evaluate(() => document.querySelector("iframe, object, embed"))) ? 1 : AT_ONCE;
  return async (modifiers = 0) => {
    await page.evaluate((acts) => Object.assign(window.belaggTold, { stops: [], waits: false, acts }), modifiers === 0);
    const sent = [];
    for (let press = 0; press < atOnce; press += 1) {
      for (const type of ["rawKeyDown", "keyUp"]) sent.push(session.send("Input.dispatchKeyEvent", { type, modifiers, ...TAB }));
    }
    await Promise.all(sent);
    const { stops } = await page.evaluate(() => window.belaggTold);
    return stops.length > 0 ? stops : [await page.evaluate(() => window.belaggLook() ?? null)];
  };
}

/** One way through the page with Tab, opening whatever can be opened, and back with Shift and Tab. */
async function walk(page) {
  const tab = await tabbing(page);
  const details = [];
  const most = 3 * (await page.evaluate(() => document.querySelectorAll("*").length));
  let stops = 0;
  let outside = 0;
  for (let press = 0, round = false; press < most && outside < 2 && !round; ) {
    const reached = await tab();
    press += reached.length;
    for (const stop of reached) {
      // Nothing has focus after the last stop; but also where a stop gives it away, and then Tab goes on from there.
      outside = stop ? 0 : outside + 1;
      if (!stop || stop.inner) continue;
      if (stop.again) {
        // On a page with one stop it comes round to itself.
        if (stop.stuck && (await page.evaluate(compare)).length > 0) details.push(`Tab does not leave ${stop.name}`);
        round = true;
        break;
      }
      stops += 1;
      if (stop.covered && !(await comesToSight(page))) details.push(`focus is out of sight or behind something: ${stop.name}`);
      if (stop.opens !== undefined) details.push(...(await toggle(page, stop)));
      if (stop.scrolls) details.push(...(await scroll(page, stop)));
    }
  }
  details.push(...(await page.evaluate(compare)));
  details.push(...(await back(page, tab, stops)));
  return { details, stops };
}

/** Runs in the page: what has focus; nothing when focus has left the page. */
function look() {
  const element = document.activeElement;
  const { name, covered, scrolls } = window.belaggKeyboard;
  if (!element || element === document.body || element === document.documentElement) return undefined;
  const reached = window.belaggReached;
  const again = reached.includes(element);
  const stuck = reached.at(-1) === element;
  if (!again) reached.push(element);
  // Further stops within a page that this one shows.
  const inner = stuck && element.matches("object, iframe");
  const opens = element.matches("details > summary") ? element.parentElement.open : undefined;
  return { name: name(element), again, stuck, inner, opens, covered: covered(element), scrolls: scrolls(element) };
}

/** Runs in the page: what was reached against what is there, in its order. */
function compare() {
  const { stops, name } = window.belaggKeyboard;
  const reached = window.belaggReached;
  const wanted = stops();
  const missed = wanted.filter((element) => !reached.includes(element)).map((element) => `Tab does not reach ${name(element)}`);
  const known = reached.filter((element) => wanted.includes(element));
  const order = wanted.filter((element) => reached.includes(element));
  const wrong = known.findIndex((element, index) => element !== order[index]);
  if (wrong >= 0) missed.push(`out of the page's order: ${name(known[wrong])} comes where ${name(order[wrong])} should`);
  const boxes = [...document.querySelectorAll("body *")].filter((element) => window.belaggKeyboard.scrolls(element) && element.checkVisibility());
  const closed = boxes.filter((element) => !element.hasAttribute("tabindex") && !element.querySelector("a[href], button, input, [tabindex='0']"));
  return missed.concat(closed.map((element) => `the keyboard cannot scroll ${name(element)}`));
}

/** The first stop can be seen and leads to the content, and Tab goes on from there. */
async function skipLink(page) {
  await page.evaluate(equip);
  await page.keyboard.press("Tab");
  const first = await page.evaluate(() => {
    const element = document.activeElement;
    if (element === document.body) return undefined;
    const target = element.matches('a[href^="#"]') ? document.getElementById(element.hash.slice(1)) : null;
    const { covered, name } = window.belaggKeyboard;
    return { skips: target?.matches("main, main *, [role=main]"), seen: !covered(element), name: name(element) };
  });
  // A page without links has nothing to lead past.
  if (!first) return [];
  if (!first.skips) return [`the first stop does not lead to the content: ${first.name}`];
  if (!first.seen) return [`the first stop cannot be seen: ${first.name}`];
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  const landed = await page.evaluate(() => {
    const element = document.activeElement;
    const target = document.getElementById(location.hash.slice(1));
    const stops = target ? window.belaggKeyboard.stops().filter((stop) => stop !== target && target.contains(stop)) : [];
    return stops.length === 0 || element === stops[0];
  });
  return landed ? [] : ["after the first stop's link Tab does not go on in the content"];
}

/** Enter opens and closes; it stays open, so that what is in it is reached too. */
async function toggle(page, { name, opens }) {
  const press = async () => {
    await page.keyboard.press("Enter");
    // What is opened is laid out, and looked at by the page's script, before a person's next key.
    return page.evaluate(async () => {
      const { open } = document.activeElement.parentElement;
      if (open) await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      return open;
    });
  };
  const now = await press();
  const details = now === opens ? [`Enter does nothing to ${name}`] : [];
  if (!now && !(await press())) details.push(`Enter does not open ${name}`);
  return details;
}

/** Whether what has focus comes to sight in the end: a browser that is busy scrolls to it after the key. */
function comesToSight(page) {
  return page
    .waitForFunction(() => !window.belaggKeyboard.covered(document.activeElement), undefined, { timeout: 2000 })
    .then(() => true, () => false);
}

/** An arrow scrolls what scrolls. */
async function scroll(page, { name }) {
  await page.keyboard.press("ArrowRight");
  const moved = await page
    .waitForFunction(() => document.activeElement.scrollLeft > 0, undefined, { timeout: 5000 })
    .then(() => true, () => false);
  await page.evaluate(() => (document.activeElement.scrollLeft = 0));
  return moved ? [] : [`an arrow does not scroll ${name}`];
}

/** Shift and Tab reach as many stops as Tab did. */
async function back(page, tab, stops) {
  await page.evaluate(() => {
    window.belaggReached.at(-1)?.focus();
    window.belaggReached = [];
  });
  let count = 1;
  for (let press = 0; count < stops && press < 3 * stops; ) {
    const reached = await tab(SHIFT);
    press += reached.length;
    const end = reached.findIndex((stop) => !stop || (stop.again && !stop.inner));
    count += reached.slice(0, end < 0 ? undefined : end).filter(({ inner }) => !inner).length;
    if (end >= 0) break;
  }
  return count < stops ? [`Shift and Tab reach ${count} of the ${stops} stops that Tab reaches`] : [];
}

/** Whether each stop looks otherwise with focus: a line round it that stands out from the ground, or a shadow. */
async function visibleFocus(page) {
  await page.evaluate(equip);
  // Focus that a script sets counts as the keyboard's once a key was the last thing used.
  await page.keyboard.press("Tab");
  return page.evaluate(({ contrast: leastContrast, width: leastWidth }) => {
    const { stops, name } = window.belaggKeyboard;
    const brush = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const parts = (text) => {
      brush.clearRect(0, 0, 1, 1);
      brush.fillStyle = text;
      brush.fillRect(0, 0, 1, 1);
      return [...brush.getImageData(0, 0, 1, 1).data];
    };
    const canvas = document.body.appendChild(document.createElement("span"));
    canvas.style.color = "Canvas";
    const window_ground = parts(getComputedStyle(canvas).color);
    canvas.remove();
    const ground = (element) => {
      for (let at = element; at; at = at.parentElement) {
        const found = parts(getComputedStyle(at).backgroundColor);
        if (found[3] > 0) return found;
      }
      return window_ground;
    };
    const luminance = (colour) => {
      const linear = colour.slice(0, 3).map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
      return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05;
    };
    const ratio = (one, other) => Math.max(luminance(one) / luminance(other), luminance(other) / luminance(one));

    document.querySelectorAll("details").forEach((details) => (details.open = true));
    const all = stops();
    const details = [];
    for (const element of all) {
      document.activeElement?.blur();
      const style = getComputedStyle(element);
      const without = { outline: style.outline, shadow: style.boxShadow };
      element.focus({ preventScroll: true });
      if (document.activeElement !== element) {
        details.push(`cannot have focus: ${name(element)}`);
        continue;
      }
      const line = style.outlineStyle === "auto" || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= leastWidth);
      const shadow = style.boxShadow !== "none" && style.boxShadow !== without.shadow;
      if (!shadow && (!line || style.outline === without.outline)) {
        details.push(`focus cannot be seen: ${name(element)}`);
      } else if (!shadow && style.outlineStyle !== "auto") {
        const found = ratio(parts(style.outlineColor), ground(element.parentElement));
        if (found < leastContrast) details.push(`focus is faint, ${found.toFixed(2)}:1: ${name(element)}`);
      }
    }
    return { details, stops: all.length };
  }, LEAST);
}
