// As-you-type filter of a table on this page. Nothing that is typed leaves the browser: it stands in no address and in no log. Without
// this file the field is not there, and the choices beside it do the same on the server.
for (const field of document.querySelectorAll("[data-filter]")) {
  const form = field.closest("form");
  const said = form.querySelector("[data-filter-said]");
  field.closest("[data-filter-label]").hidden = false;

  const apply = () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    const table = document.querySelector(field.dataset.filter);
    if (!table) return;
    let shown = 0;
    let all = 0;
    for (const group of table.tBodies) {
      const heading = group.rows[0].cells[0].textContent.toLowerCase();
      let any = false;
      for (const row of group.querySelectorAll("[data-filter-row]")) {
        const text = heading + " " + row.cells[0].textContent.toLowerCase();
        row.hidden = !words.every((word) => text.includes(word));
        all++;
        if (!row.hidden) {
          any = true;
          shown++;
        }
      }
      group.hidden = !any;
    }
    // Which tests other dates have, this page does not hold.
    const elsewhere = shown === 0 && field.dataset.filterElse ? `: ${field.dataset.filterElse}` : "";
    const text = words.length ? `${shown} of ${all} tests on these dates${elsewhere}` : "";
    if (said.textContent !== text) said.textContent = text;
  };

  field.addEventListener("input", apply);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  // A live update puts new rows in place; they are filtered like the old.
  const live = document.querySelector(field.dataset.filter)?.closest("[data-live]");
  if (live) new MutationObserver(apply).observe(live, { childList: true });
}
