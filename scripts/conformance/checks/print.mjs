// The page on paper, as Chromium prints it: no row cut, no table or chart cut that has room on a page, nothing beyond the paper's
// edge, no heading alone at a page's foot, no navigation.
//
// Where things came to stand is read from the printed PDF itself: before printing, links without text or extent are put where rows,
// headings and so on begin and end, and the PDF tells the page and place of each.

const MARK = "https://mark.invalid/";
/** Width of the text on A4 between the margins, and a height that surely fits between them, in CSS pixels. */
const WIDTH = 628;
const FITS = 900;
/** How much too wide a page may be: so far Chromium makes the print smaller, beyond it cuts. */
const SHRINKS = 1.5;
/** The files that a document speaks of belong to its text, and what is folded over a list is the list's title. */
const NAVIGATION = 'nav, [role="navigation"], body > a[href^="#"]:first-child, a[download]:not(.files a), [role="doc-backlink"], summary:not(:has(h2), .callout-title, :has(+ ul)), button';

export async function checkPrint(page, file, report) {
  await page.emulateMedia({ media: "print" });
  await page.setViewportSize({ width: WIDTH, height: 900 });
  const { groups, wide } = await page.evaluate(setMarks, { MARK, FITS, SHRINKS, NAVIGATION });
  const pdf = await page.pdf({ format: "A4", preferCSSPageSize: true });
  const { places, pages } = read(pdf.toString("latin1"));
  const details = wide ? [wide] : [];
  for (const group of groups) details.push(...judge(group, places));
  if (pages === 0) details.push("nothing was printed");
  report.expect("print", file, [...new Set(details)], `${pages} pages, ${groups.length} things looked at`);
}

/** Faults of one thing, given the pages on which its marks stand. */
function judge({ kind, name, marks, then }, places) {
  const pagesOf = (mark) => places.get(mark) ?? [];
  const pages = marks.flatMap(pagesOf);
  const [first, last] = [Math.min(...pages), Math.max(...pages)];
  switch (kind) {
    case "navigation":
      return pages.length > 0 ? [`navigation is printed on page ${first}: ${name}`] : [];
    case "heading": {
      const next = pagesOf(then);
      if (pages.length === 0 || next.length === 0) return [`heading not found on paper: ${name}`];
      return Math.min(...next) > last ? [`heading alone at the foot of page ${last}: ${name}`] : [];
    }
    default:
      if (marks.some((mark) => pagesOf(mark).length === 0)) return [`${kind} not on the paper in full: ${name}`];
      return first !== last ? [`${kind} cut between pages ${first} and ${last}: ${name}`] : [];
  }
}

/** Runs in the page: sets the marks and tells what they stand for. */
function setMarks({ MARK, FITS, SHRINKS, NAVIGATION }) {
  const shown = (element) => element.checkVisibility() && element.getBoundingClientRect().height > 0 && !element.closest(".visually-hidden");
  const said = (element) => `${element.tagName.toLowerCase()} ${JSON.stringify(element.textContent.trim().replace(/\s+/g, " ").slice(0, 50))}`;
  const height = (element) => element.getBoundingClientRect().height;

  const root = document.documentElement;
  const sticking = [...document.body.querySelectorAll("*")].filter((element) => shown(element) && element.getBoundingClientRect().right > SHRINKS * root.clientWidth);
  const wide = root.scrollWidth > SHRINKS * root.clientWidth && `${root.scrollWidth} px wide, and the paper has ${root.clientWidth}: ${sticking.slice(0, 3).map(said).join(", ")}`;

  // First what to look at, with the heights as they are, then the marks.
  const rows = [...document.querySelectorAll("tr")].filter((row) => shown(row) && height(row) <= FITS);
  const tables = [...document.querySelectorAll("table")].filter((table) => shown(table) && height(table) <= FITS);
  const figures = [...document.querySelectorAll("figure")].filter((figure) => shown(figure) && height(figure) <= FITS);
  const headings = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6, caption, dt, [class$="-title"]')].filter(shown);
  const following = (heading) => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    walker.currentNode = heading.lastChild ?? heading;
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (heading.contains(node)) continue;
      if (node.nodeType === Node.TEXT_NODE ? node.data.trim() && shown(node.parentElement) : node.matches("svg, img") && shown(node)) return node;
    }
    return undefined;
  };
  const pairs = headings.map((heading) => ({ heading, next: following(heading) })).filter(({ next }) => next);

  let count = 0;
  const mark = (put) => {
    const link = document.createElement("a");
    link.href = MARK + count;
    link.style.cssText = "all: initial; position: absolute; display: inline-block; width: 1px; height: 1px";
    put(link);
    count += 1;
    return count - 1;
  };
  const ends = (element, back) => [mark((link) => element.prepend(link)), mark((link) => {
    // A pixel back, lest it stand beyond text that ends at the paper's edge.
    if (back) link.style.marginInlineStart = "-1px";
    element.append(link);
  })];
  const cells = new Map(rows.map((row) => [row, [...row.cells].filter((cell) => cell.rowSpan === 1).flatMap((cell) => ends(cell, true))]));

  const groups = rows.map((row) => ({ kind: "row", name: said(row), marks: cells.get(row) }));
  for (const table of tables) {
    const own = (section) => [...section.rows].flatMap((row) => cells.get(row) ?? []);
    groups.push({ kind: "table", name: said(table), marks: [...(table.tHead ? own(table.tHead) : []), ...[...table.tBodies].flatMap(own)] });
  }
  for (const figure of figures) groups.push({ kind: "figure", name: said(figure), marks: ends(figure, false) });
  for (const { heading, next } of pairs) {
    groups.push({ kind: "heading", name: said(heading), marks: ends(heading, false), then: mark((link) => next.before(link)) });
  }
  for (const part of document.querySelectorAll(NAVIGATION)) groups.push({ kind: "navigation", name: said(part), marks: [mark((link) => part.append(link))] });
  return { groups: groups.filter(({ marks }) => marks.length > 0), wide };
}

/** Pages of each mark, from the PDF. Chromium writes objects one after the other in plain text, pages in their order. */
function read(pdf) {
  const objects = new Map([...pdf.matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g)].map(([, number, body]) => [number, body]));
  const pages = [...objects.values()].filter((body) => /\/Type \/Page\b(?!s)/.test(body));
  const places = new Map();
  pages.forEach((page, index) => {
    const [, width] = page.match(/\/MediaBox \[\S+ \S+ (\S+)/);
    for (const [, number] of (page.match(/\/Annots \[([^\]]*)\]/)?.[1] ?? "").matchAll(/(\d+) 0 R/g)) {
      const link = objects.get(number) ?? "";
      const id = link.match(/mark\.invalid\/(\d+)\)/)?.[1];
      const right = Number(link.match(/\/Rect \[\S+ \S+ (\S+)/)?.[1]);
      if (id === undefined || right > Number(width)) continue;
      places.set(Number(id), [...(places.get(Number(id)) ?? []), index + 1]);
    }
  });
  return { places, pages: pages.length };
}
