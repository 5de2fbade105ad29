// A line through a chart that the arrow keys move from value to value, each read out below it and, as a slider's value, by a screen
// reader (NHS CUI GTAB-057, 064). Without this file the table beside the chart says the same.
const keys = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -5, PageUp: 5, Home: -Infinity, End: Infinity };

function begin(read) {
  const chart = read.parentElement.querySelector("svg.dcr-chart");
  const points = [...chart.querySelectorAll("[data-says]")];
  const line = chart.querySelector("[data-focus]");
  let at = points.length - 1;

  const show = (place) => {
    at = Math.max(0, Math.min(points.length - 1, place));
    const says = points[at].dataset.says;
    read.textContent = says;
    read.setAttribute("aria-valuenow", at + 1);
    read.setAttribute("aria-valuetext", says);
    line.setAttribute("transform", `translate(${points[at].dataset.x} 0)`);
  };

  read.setAttribute("aria-valuemin", 1);
  read.setAttribute("aria-valuemax", points.length);
  show(at);
  read.hidden = false;
  read.addEventListener("focus", () => line.removeAttribute("hidden"));
  read.addEventListener("blur", () => line.setAttribute("hidden", ""));
  read.addEventListener("keydown", (event) => {
    if (!(event.key in keys) || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    show(at + keys[event.key]);
  });
  chart.addEventListener("click", (event) => {
    const box = chart.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * chart.viewBox.baseVal.width;
    const near = points.map((point) => Math.abs(point.dataset.x - x));
    show(near.indexOf(Math.min(...near)));
    read.focus({ preventScroll: true });
  });
}

const beginAll = (part) => part.querySelectorAll("[data-chart-read]").forEach(begin);
beginAll(document);
document.addEventListener("dcr:swapped", (event) => beginAll(event.target));
