// Filters of the list of reports that can be put together. Without it each value has a page of its own. What is chosen stands in the address
// behind the number sign, so that it can be kept and sent. All words are the page's.
"use strict";
{
  const template = document.getElementById("Filters");
  const facets = [...document.querySelectorAll("[data-facet]")];

  function begin() {
    const box = template.content.firstElementChild.cloneNode(true);
    const [field, clear, told] = box.children;
    const entries = [...document.querySelectorAll(".entry")];
    field.remove();

    const selects = facets.map((facet) => {
      const own = field.cloneNode(true);
      const [name, select] = own.children;
      name.textContent = facet.querySelector("summary").textContent;
      select.name = facet.dataset.facet;
      for (const link of facet.querySelectorAll("[data-value]")) select.append(new Option(link.textContent, link.dataset.value));
      clear.before(own);
      select.addEventListener("change", () => {
        history.replaceState(null, "", `#${new URLSearchParams(chosen().map(({ name, value }) => [name, value]))}`);
        show();
      });
      return select;
    });
    const chosen = () => selects.filter(({ value }) => value !== "");

    function show() {
      const wanted = chosen();
      for (const entry of entries) {
        entry.hidden = !wanted.every(({ name, value }) => entry.dataset[name].split(" ").includes(value));
      }
      for (const year of document.querySelectorAll(".year")) {
        year.hidden = !year.querySelector(".entry:not([hidden])");
        const folded = year.querySelector(":scope > details");
        if (folded) folded.open = wanted.length > 0;
      }
      clear.hidden = wanted.length === 0;
      const count = entries.filter(({ hidden }) => !hidden).length;
      told.textContent = wanted.length === 0 ? "" : told.dataset.words.replace("{count}", count).replace("{all}", entries.length);
    }

    /** What the address says. A value that no report has any more chooses nothing. */
    function read() {
      const said = new URLSearchParams(location.hash.slice(1));
      for (const select of selects) {
        const value = said.get(select.name) ?? "";
        select.value = [...select.options].some((option) => option.value === value) ? value : "";
      }
      show();
    }

    clear.addEventListener("click", () => {
      history.replaceState(null, "", "#");
      read();
      selects[0].focus();
    });
    addEventListener("hashchange", read);
    document.querySelector(".facets").before(box);
    read();
  }

  if (template && facets.length > 0) begin();
}
