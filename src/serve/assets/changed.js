// What differs between two states of a page's text, as the one element that holds all of it: a paragraph is parsed far sooner than a report.

/** Elements that hold words and have an end that is written, and templates, which hold none that is on the page. */
const TAG = /<(\/?)(section|div|p|li|template)(?:\s[^>]*)?>/g;

/** The innermost element around all that differs: its text now, and itself on the page that was parsed from the old text; none where there is none. */
export function changedElement(old, now, page) {
  if (old === now) return undefined;
  const [before, after] = sameEnds(old, now);
  const all = elements(now);
  const found = all?.findLast(({ inside, close }) => inside <= before && now.length - close <= after);
  if (!found) return undefined;
  const same = all.filter(({ name }) => name === found.name);
  const known = page.getElementsByTagName(found.name);
  // What only looks like a tag, in a script or a comment, would be counted with them.
  if (same.length !== known.length) return undefined;
  return { text: now.slice(found.open, found.end), element: known[same.indexOf(found)] };
}

/** How many characters two texts have in common at their beginning, and how many at their end. */
function sameEnds(one, other) {
  const most = Math.min(one.length, other.length);
  let before = 0;
  while (before < most && one.charCodeAt(before) === other.charCodeAt(before)) before += 1;
  let after = 0;
  while (after < most - before && one.charCodeAt(one.length - 1 - after) === other.charCodeAt(other.length - 1 - after)) after += 1;
  return [before, after];
}

/** Where each of these elements begins and ends, in the order in which they begin; none where they are not closed as they are opened. */
function elements(text) {
  const all = [];
  const open = [];
  for (const { 0: tag, 1: closes, 2: name, index } of text.matchAll(TAG)) {
    if (!closes) {
      const element = { name, open: index, inside: index + tag.length };
      open.push(element);
      if (!open.some(({ name }) => name === "template")) all.push(element);
      continue;
    }
    const element = open.pop();
    if (element?.name !== name) return undefined;
    element.close = index;
    element.end = index + tag.length;
  }
  return open.length ? undefined : all;
}
