// Filters the list of letters while one types. Without this file the same box filters by its button, on the server.
const form = document.querySelector("[data-letter-filter]");
const box = form.querySelector("input[type=search]");
const count = document.querySelector("[data-letter-count]");

const rows = () => [...document.querySelectorAll("[data-letter]")];

function filter() {
  const words = box.value.toLocaleLowerCase("en-GB").split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const row of rows()) {
    const says = row.dataset.letter.toLocaleLowerCase("en-GB");
    row.hidden = !words.every((word) => says.includes(word));
    if (!row.hidden) shown++;
  }
  for (const group of document.querySelectorAll("[data-letter-group]"))
    group.hidden = !group.querySelector("[data-letter]:not([hidden])");
  count.textContent = `${shown} of ${count.dataset.letterCount} shown`;
}

box.addEventListener("input", filter);
document.addEventListener("dcr:swapped", () => box.value && filter());

// Opening a letter keeps the filter: it is sent by form first, for words of a patient do not belong in an address.
document.addEventListener("click", async (event) => {
  const link = event.target.closest("[data-letter] a:not(.dcr-report)");
  if (!link || !box.value.trim() || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  const there = new URL(link.href);
  try {
    await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" });
    there.searchParams.set("filter", "1");
  } finally {
    location.assign(there);
  }
});
