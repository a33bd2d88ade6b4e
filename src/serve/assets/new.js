// A new report: the answers are sent, and what cannot be taken is told beside its question.
const token = document.querySelector("meta[name=belagg-token]").content;
const form = document.getElementById("New");

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = form.querySelector("button[type=submit]");
  button.disabled = true;
  try {
    const body = JSON.stringify(Object.fromEntries(new FormData(form)));
    const answer = await fetch("/new", { method: "POST", headers: { "X-Belagg-Token": token }, body });
    const told = await answer.json().catch(() => ({ fault: answer.statusText }));
    if (answer.ok) return location.assign(`/report/${encodeURIComponent(told.report)}`);
    tell(told);
  } catch (error) {
    tell({ fault: String(error) });
  }
  button.disabled = false;
});

function tell({ faults = {}, fault = "" }) {
  show(document.getElementById("Fault"), fault);
  let first;
  for (const place of form.querySelectorAll(".question")) {
    const field = place.querySelector("input:not([type=radio])") ?? place;
    show(place.querySelector(".fault"), faults[field.id] ?? "");
    if (faults[field.id]) {
      if (field !== place) field.setAttribute("aria-invalid", "true");
      first ??= place.querySelector("input:checked") ?? place.querySelector("input");
    } else {
      field.removeAttribute("aria-invalid");
    }
  }
  first?.focus();
}

function show(place, words) {
  place.textContent = words;
  place.hidden = !words;
}
