// Copies the address of a heading, table, chart or paragraph, and the forms of citation. Nothing is lost without it: the contents lead to
// headings, and a citation can be marked. All words are the page's: they stand in the template "Copies".
"use strict";
{
  const PASSAGES = ":is(p, li, dt, dd, pre, .callout, .statement, .picture, .pair)[id]";
  const LONGEST = 60;

  const template = document.getElementById("Copies");
  const part = (name) => template.content.querySelector(name).cloneNode(true);

  /** Puts a text on the clipboard; whether that was done. A page that came without encryption has only the older way. */
  async function put(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const field = document.createElement("textarea");
      field.className = "visually-hidden";
      field.value = text;
      const back = document.activeElement;
      document.body.append(field);
      field.select();
      const done = document.execCommand("copy");
      field.remove();
      back?.focus({ preventScroll: true });
      return done;
    }
  }

  /** The address of a place: that of this version where the page names it, else where it was opened. */
  const address = (id) => `${(document.querySelector('link[rel="canonical"]')?.href ?? location.href).replace(/#.*/, "")}#${encodeURIComponent(id)}`;

  function begin() {
    const said = part(".copied");
    document.body.append(said);
    let clears;
    const tell = (words) => {
      // Said again where the same is copied twice.
      said.textContent = "";
      clearTimeout(clears);
      requestAnimationFrame(() => (said.textContent = words));
      clears = setTimeout(() => (said.textContent = ""), 5000);
    };
    const copy = async (text, what, id) => {
      const done = await put(text);
      if (!done && id) history.replaceState(null, "", `#${encodeURIComponent(id)}`);
      tell(done ? said.dataset.copied.replace("{what}", () => what) : said.dataset.not);
    };
    const named = (button, of) => button.setAttribute("aria-label", button.getAttribute("aria-label").replace("{place}", () => of));

    const stands = (id, of, put) => {
      const button = part(".here-copy");
      named(button, of);
      button.addEventListener("click", () => copy(address(id), address(id), id));
      put(button);
    };
    for (const heading of document.querySelectorAll(".heading > [id]")) {
      const words = [...heading.childNodes].filter((node) => !node.matches?.(".number")).map((node) => node.textContent);
      stands(heading.id, words.join("").trim(), (button) => heading.after(button));
    }
    // Files of tables and charts are named by what they are of, for those who hear the link alone.
    for (const files of document.querySelectorAll("[id] > .downloads")) {
      const of = files.querySelector(".visually-hidden").textContent.replace(": ", "");
      stands(files.parentElement.id, of, (button) => files.appendChild(document.createElement("li")).append(button));
    }
    for (const text of document.querySelectorAll("[data-copy]")) {
      const button = part(".copy");
      button.lastElementChild.textContent = `: ${text.dataset.copy}`;
      button.addEventListener("click", () => copy(text.textContent.trim(), text.dataset.copy));
      text.after(button);
    }

    // One button goes to the paragraph that is pointed at, or that an arrow key leads to: hundreds would be in the way of who goes from one
    // control to the next, and of who listens.
    const main = document.querySelector("main");
    const floating = part(".here-copy");
    const words = floating.getAttribute("aria-label");
    floating.classList.add("floating");
    floating.tabIndex = -1;
    let passage;
    const go = (to) => {
      passage = to;
      const text = to.textContent.replace(/\s+/g, " ").trim();
      floating.setAttribute("aria-label", words.replace("{place}", () => (text.length > LONGEST ? `${text.slice(0, LONGEST).replace(/\s+\S*$/, "")} …` : text)));
      to.append(floating);
    };
    floating.addEventListener("click", () => {
      // A note has its number as its id, and an address that stays within.
      const { id } = passage.querySelector(':scope > span[id^="P-"]') ?? passage;
      copy(address(id), address(id), id);
    });
    main?.addEventListener("pointerover", ({ target }) => {
      const over = target.closest(PASSAGES);
      // Who goes by the keyboard is not disturbed by where the pointer rests.
      if (over && over !== passage && document.activeElement !== floating) go(over);
    });
    main?.addEventListener("keydown", (event) => {
      const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const from = event.target.closest(".here-copy");
      if (!by || !from) return;
      const stops = [...main.querySelectorAll(`.here-copy:not(.floating), ${PASSAGES}`)].filter((stop) => stop.checkVisibility());
      const next = stops[stops.indexOf(from === floating ? passage : from) + by];
      if (!next) return;
      event.preventDefault();
      if (next.matches(PASSAGES)) {
        go(next);
        floating.focus();
      } else next.focus();
    });
  }

  if (template) begin();
}
