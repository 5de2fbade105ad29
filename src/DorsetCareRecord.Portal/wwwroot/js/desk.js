// Keeps the feeds desk up to date: fetches the page every few seconds and swaps what it shows. A request by itself does not keep a
// session alive. It can be stopped; without this file the page is whole, only not live.
const part = document.querySelector("[data-desk-live]");
const button = document.createElement("button");
button.type = "button";
button.className = "dcr-stop";
let running = true;

function show() {
  button.textContent = running ? "Stop updating" : "Update by itself";
  part.querySelector(".dcr-title__aside")?.append(" ", button);
}

async function refresh() {
  if (!running || document.hidden || part.contains(document.activeElement) && document.activeElement !== button) return;
  try {
    const answer = await fetch(location.href, { headers: { "X-Dcr-Live": "1" }, cache: "no-store", redirect: "error" });
    if (!answer.ok) throw new Error();
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-desk-live]");
    const hadFocus = document.activeElement === button;
    part.replaceChildren(...fresh.childNodes);
    show();
    if (hadFocus) button.focus({ preventScroll: true });
  } catch {
    running = false;
    show();
  }
}

button.addEventListener("click", () => {
  running = !running;
  show();
  refresh();
});
show();
setInterval(refresh, 5000);
