// Warns two minutes before a session ends for want of activity, and empties the page when it has ended: what is left on a
// screen that nobody watches is for nobody. The server counts; this only asks. Without this file the session ends all the same.
const box = document.querySelector("[data-session-warning]");
const words = box.querySelector("[data-session-words]");
const stay = box.querySelector("[data-session-stay]");
const form = stay.form;

const warnBefore = 120;
const unsure = 30;

let timer = 0;
let before = null;

function after(seconds) {
  clearTimeout(timer);
  timer = setTimeout(ask, Math.max(1, seconds) * 1000);
}

async function ask() {
  try {
    const answer = await fetch("/session", { cache: "no-store", redirect: "error" });
    if (answer.status === 401) return ended();
    if (!answer.ok) throw new Error();
    heard(await answer.json());
  } catch {
    after(unsure); // the server will say so itself when somebody acts
  }
}

function heard({ seconds, limit }) {
  if (seconds > warnBefore) {
    hide();
    after(Math.min(seconds - warnBefore, 600));
  } else {
    show(seconds, limit);
    after(Math.min(seconds + 1, 15));
  }
}

function show(seconds, limit) {
  const minutes = Math.max(1, Math.ceil(seconds / 60));
  const when = minutes === 1 ? "in less than a minute" : `in about ${minutes} minutes`;
  words.textContent = limit === "idle"
    ? `Nothing was done for a while. You will be signed out ${when}.`
    : `You have been signed in for twelve hours. You will be signed out ${when}, and can sign in again.`;
  stay.hidden = limit !== "idle";
  if (!box.hidden) return;
  before = document.activeElement;
  box.hidden = false;
  if (!stay.hidden) stay.focus({ preventScroll: true });
}

function hide() {
  if (box.hidden) return;
  const hadFocus = box.contains(document.activeElement);
  box.hidden = true;
  if (hadFocus) before?.focus?.({ preventScroll: true });
}

function ended() {
  clearTimeout(timer);
  location.replace("/"); // which leads to signing in; the page of before is not kept in the history
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "error" });
    if (answer.status === 401) return ended();
    if (answer.ok) heard(await answer.json());
  } catch {
    form.submit();
  }
});

document.addEventListener("visibilitychange", () => document.hidden || ask());
ask();
