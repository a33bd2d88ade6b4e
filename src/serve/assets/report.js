// A report while it is written: what the server tells of it is shown, nothing is asked for that has not changed.
import { Mend } from "/app/mend.js";
import { PageView } from "/app/page.js";
import { Problems } from "/app/problems.js";
import { Sheets } from "/app/sheets.js";

const part = (id) => document.getElementById(id);
const report = document.querySelector("meta[name=belagg-report]").content;
const state = part("State");
const page = new PageView(part("Page"), (framed) => {
  mend.enter(framed);
  leave(framed);
});
const mend = new Mend(report, page, () => panel(true));
const sheets = new Sheets(part("Sheets"), report);
const problems = new Problems((place) => mend.lead(place), (edit) => mend.apply(edit));

const tell = (key) => {
  if (state.dataset.now === key) return;
  state.dataset.now = key;
  state.textContent = state.dataset[key];
};

const news = new EventSource(`/events/${encodeURIComponent(report)}`);
news.onmessage = ({ data }) => show(JSON.parse(data));
news.onerror = () => tell("lost");

function show(now) {
  if (now.title) {
    part("Title").textContent = now.title;
    document.title = document.title.replace(/^.*(?= – )/, now.title);
  }
  if (now.page) page.show(now.address, now.page).then(() => mend.follow());
  sheets.show(now.sheets);
  problems.show(now.problems);
  part("Count").textContent = now.problems.length;
  const faults = now.problems.filter(({ severity }) => severity === "error");
  part("Broken").hidden = !now.broken;
  part("First").textContent = faults[0]?.message ?? "";
  if (!now.page) panel(true);
  tell(now.broken ? "broken" : now.setting ? "setting" : "fine");
}

/** What is shown: the page, the printed pages or both. */
for (const button of document.querySelectorAll(".views button")) {
  button.addEventListener("click", () => {
    document.body.dataset.view = button.dataset.view;
    document.querySelectorAll(".views button").forEach((other) => other.setAttribute("aria-pressed", other === button));
  });
}

function panel(open) {
  part("Problems").hidden = !open;
  part("Toggle").setAttribute("aria-expanded", open);
}

part("Toggle").addEventListener("click", () => panel(part("Problems").hidden));
part("Show").addEventListener("click", () => {
  panel(true);
  part("Problems").querySelector("button, a, h2")?.focus();
});

part("TextForm").addEventListener("submit", (event) => {
  event.preventDefault();
  mend.save();
});
part("Choose").addEventListener("click", () => mend.choose());
part("Wanted").addEventListener("input", () => mend.filter());
part("Close").addEventListener("click", () => mend.close());

/** Links of the page that lead out of it open beside the preview. */
function leave(framed) {
  framed.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || link.hash && link.pathname === framed.location.pathname) return;
    event.preventDefault();
    const url = new URL(link.href);
    const home = url.origin === location.origin && url.pathname === "/site/index.html";
    if (home) location.assign("/reports");
    else window.open(url, "_blank", "noopener");
  });
}
