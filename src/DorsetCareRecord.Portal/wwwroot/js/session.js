// Warns two minutes before a session ends for want of activity, and takes everything off the page when it has ended, or may have:
// what is left on a screen that nobody watches is for nobody. The server counts and this asks; but when the server cannot be asked,
// the page is emptied at the last end that was heard of. Without this file the session ends all the same.
const box = document.querySelector("[data-session-warning]");
const words = box.querySelector("[data-session-words]");
const stay = box.querySelector("[data-session-stay]");
const form = stay.form;

const second = 1000;
const warnBefore = 120;
const unsure = 30;
const patience = 10;
// An open record hears at once that its session is over; a page without that line asks for itself, and whoever leaves in another tab says so.
const seldom = document.querySelector("[data-live-lane]") ? warnBefore : 15;
const others = new BroadcastChannel("dcr-session");
const idle = 15 * 60;

// Times of the day, not timers: those stand still while a machine sleeps, and a session does not.
let askAt = 0;
let endsAt = Date.now() + idle * second; // a page just opened was the last activity there was
let heardOf = 0;
let hurried = 0;
let before = null;
let isEmpty = false;

async function ask() {
  const since = Date.now();
  askAt = since + unsure * second;
  try {
    const answer = await send("/session", {});
    if (!answer.ok) throw new Error();
    heard(await answer.json(), since);
  } catch {
    const now = Date.now();
    if (now >= endsAt) empty("Your session may have ended, and the Dorset Care Record cannot be reached.");
    else askAt = Math.min(askAt, Math.max(endsAt, now + second));
  }
}

/** Never answers for a session that is over: whoever waits for it goes with the page. */
async function send(to, options) {
  const answer = await fetch(to, { ...options, cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(patience * second) });
  if (answer.status !== 401 && answer.type !== "opaqueredirect") return answer;
  empty("Your session has ended.");
  // Never on to signing in: where the provider still knows somebody, that would begin a session for whoever is there. The page of before is
  // not kept in the history.
  location.replace((await successor()) ? "/" : "/signed-out");
  return new Promise(() => {});
}

/**
 * Whoever changes organisation or role in another tab ends this session a moment before this browser is given the new one. So that nobody
 * is sent to sign in who has just done so, a new one is waited for; for a few seconds only, and beside an empty page.
 */
async function successor() {
  for (let tries = 0; tries < 6; tries++) {
    await new Promise((resolve) => setTimeout(resolve, second / 2));
    try {
      const answer = await fetch("/session", { cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(patience * second) });
      if (answer.ok) return true;
    } catch {
      return false;
    }
  }
  return false;
}

/** What the server said to a question of that time. An answer may have lain about while the machine slept. */
function heard({ seconds, limit, whose, token }, since) {
  if (since < heardOf) return;
  // Somebody else, or the same person for another organisation, goes on in this browser: nothing of this page goes along.
  if (whose !== box.dataset.whose) return leave("/");
  if (isEmpty) return location.reload(); // the server was only out of reach, or will say what is against this page
  heardOf = since;
  // Who has proved anew who they are, in another tab, has another session: what is written here is still theirs to send.
  for (const field of document.querySelectorAll("input[name=__RequestVerificationToken]")) field.value = token;
  endsAt = since + seconds * second;
  if (seconds > warnBefore) {
    hide();
    askAt = since + Math.min(seconds - warnBefore, hurried > 0 ? 1 : seldom) * second;
    hurried = Math.max(0, hurried - 1);
  } else {
    show(seconds, limit);
    askAt = since + Math.min(seconds + 1, 15) * second;
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

/** First nothing is left to see, then the browser goes: going takes as long as the server takes. */
function leave(to) {
  empty("Your session has ended.");
  location.replace(to);
}

function empty(why) {
  if (isEmpty) return;
  isEmpty = true;
  document.dispatchEvent(new CustomEvent("dcr:emptied"));
  document.title = "Dorset Care Record";
  const main = document.createElement("main");
  main.className = "dcr-door";
  const heading = document.createElement("h1");
  heading.textContent = why;
  const way = document.createElement("a");
  way.href = "/";
  way.textContent = "Go to the first page, or sign in again";
  main.append(heading, way);
  document.body.replaceChildren(main);
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const since = Date.now();
  try {
    const answer = await send(form.action, { method: "POST", body: new FormData(form) });
    if (answer.ok) heard(await answer.json(), since);
    else location.reload(); // which is doing something, too
  } catch {
    ask();
  }
});

// An open record has heard that it may not be shown any more: because the session is over, or because of whose it is. Which, the
// server says to whoever asks: of a session that goes on the page is asked for anew, and answered like anybody's.
document.addEventListener("dcr:over", () => {
  empty("This page is not shown any more.");
  ask();
});

// The server ends a session a moment after the form is sent: the other tabs ask a few times.
document.addEventListener("submit", (event) => {
  if (["/sign-out", "/choose", "/my-sessions"].includes(new URL(event.target.action, location).pathname)) others.postMessage("leaving");
});
others.addEventListener("message", () => {
  hurried = 5;
  askAt = Math.min(askAt, Date.now() + second / 2);
});
document.addEventListener("visibilitychange", () => document.hidden || ask());
addEventListener("online", ask);
addEventListener("pageshow", (event) => event.persisted && location.reload());
setInterval(() => Date.now() >= askAt && ask(), second);
ask();
