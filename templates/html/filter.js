// Filters of the list of reports that can be put together; without it each value has a page of its own. It runs where it stands, so that nothing below
// is moved. What is chosen stands in the address behind the number sign, so that it can be kept and sent. All words are the page's.
"use strict";
{
  const box = document.getElementById("Filters").content.firstElementChild.cloneNode(true);
  const selects = [...box.querySelectorAll("select")];
  const told = box.querySelector("[role=status]");
  const clear = box.querySelector("button");
  const chosen = () => selects.filter(({ value }) => value !== "");
  let entries = [];

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
    told.textContent = told.dataset.words.replace("{count}", count).replace("{all}", entries.length);
  }

  /** What the address says. A value that no report has any more chooses nothing. */
  function read() {
    const said = new URLSearchParams(location.hash.slice(1));
    for (const select of selects) {
      const value = said.get(select.name) ?? "";
      select.value = [...select.options].some((option) => option.value === value) ? value : "";
    }
  }

  for (const select of selects) {
    select.addEventListener("change", () => {
      history.replaceState(null, "", `#${new URLSearchParams(chosen().map(({ name, value }) => [name, value]))}`);
      show();
    });
  }
  clear.addEventListener("click", () => {
    history.replaceState(null, "", "#");
    read();
    show();
    selects[0].focus();
  });
  addEventListener("hashchange", () => {
    read();
    show();
  });
  if (selects.length > 0) {
    document.querySelector(".browse").after(box);
    read();
    // What the address leaves out is not shown until all of the list is there.
    document.documentElement.classList.toggle("filtering", chosen().length > 0);
    document.addEventListener("DOMContentLoaded", () => {
      entries = [...document.querySelectorAll(".entry")];
      show();
      document.documentElement.classList.remove("filtering");
    });
  }
}
