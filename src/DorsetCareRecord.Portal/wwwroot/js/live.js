// Keeps an open record up to date. The server says that something changed, never what; the page then fetches itself, so that
// the same door decides and notes, and swaps the parts that differ. Nothing moves the focus. Without this file the page is
// whole, only not live.
const lane = document.querySelector("[data-live-lane]");
const status = lane.querySelector("[data-live-status]");
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/London" });

let source = null;
let fetching = false;
let again = false;
let lost = false;
let over = false;

const now = () => clock.format(new Date());

function say(words, state) {
  lane.hidden = false;
  lane.classList.toggle("is-news", state === "news");
  lane.classList.toggle("is-lost", state === "lost");
  if (status.textContent !== words) status.textContent = words;
}

/** Notices stand at the head of the page to be read; here they are only said aloud, or they would cover what is being read. */
function sayNotices(notices, news) {
  say(["New notice at the head of this page", ...news].join(". "), "news");
  const aloud = document.createElement("span");
  aloud.className = "nhsuk-u-visually-hidden";
  aloud.textContent = notices.join(". ") + ". ";
  status.prepend(aloud);
}

/** Says it with a way on; the words are ours, never from a feed. */
function sayLink(words, text, href) {
  say(words + " ", "lost");
  const link = document.createElement("a");
  link.href = href;
  link.textContent = text;
  status.append(link);
}

function connect() {
  if (source || over) return;
  // The server tells what changed since this page was read, also before it began to listen.
  source = new EventSource(`${lane.dataset.liveFrom}?since=${lane.dataset.liveSince}&feeds=${lane.dataset.liveFeeds}`);
  source.addEventListener("open", () => {
    if (lost) {
      lost = false;
      refresh("Live again.");
    } else if (lane.hidden) {
      say("Live", "live");
    }
  });
  source.addEventListener("changed", () => refresh());
  source.addEventListener("feeds", (event) => {
    lane.dataset.liveFeeds = event.data;
    refresh();
  });
  source.addEventListener("over", ended);
  source.addEventListener("error", () => {
    if (over) return;
    lost = true;
    if (source.readyState === EventSource.CLOSED) {
      disconnect();
      sayLink(`Live updates stopped at ${now()}.`, "Load the page again", location.href);
      refresh(); // whoever is refused the stream may be refused the page as well
    } else {
      say(`Live updates lost at ${now()}. This page may be out of date; trying again.`, "lost");
    }
  });
}

function disconnect() {
  source?.close();
  source = null;
}

/** What may not be shown any more must not stay on the screen either: session.js takes it away, and finds out why. */
function ended() {
  if (over) return;
  over = true;
  disconnect();
  document.dispatchEvent(new CustomEvent("dcr:over"));
}

/** Answered otherwise than by this page: signed out, not enabled, to be said why first, or nothing for this viewer. */
const isRefused = (answer) => answer.type === "opaqueredirect" || [401, 403, 404].includes(answer.status);

/** At most one fetch at a time; what comes meanwhile is fetched by one more after it. */
async function refresh(greeting) {
  if (over) return;
  if (fetching) {
    again = true;
    return;
  }
  fetching = true;
  try {
    const answer = await fetch(location.href, { headers: { "X-Dcr-Live": lane.dataset.liveKey }, cache: "no-store", redirect: "manual" });
    if (isRefused(answer)) return ended();
    if (!answer.ok) throw new Error();
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (over) return;
    // A key of the session before fits no more: this was a look, noted as one, and what it opened has a key of its own.
    lane.dataset.liveKey = fresh.querySelector("[data-live-lane]")?.dataset.liveKey || lane.dataset.liveKey;
    const changed = swapAll(fresh);
    const before = noticed();
    const sources = swapQuiet(fresh);
    // All of it at once: the lane holds one sentence, and the next would take the place of the one before.
    const notices = noticed();
    const fresher = notices.filter((notice) => !before.includes(notice));
    const news = [];
    if (changed.length > 0) news.push(`${changed.join(", ")} updated at ${now()}`);
    else if (sources) news.push(`A source is heard differently since ${now()}: see the foot of each section.`);
    if (fresher.length > 0) sayNotices(fresher, news);
    else if (news.length > 0) say(news.join(". "), "news");
    else if (notices.length < before.length) say("Live", "live"); // what it said of them is over
    else if (greeting) say(greeting, "live");
  } catch {
    sayLink(`This page could not be brought up to date at ${now()}.`, "Load it again", location.href);
  } finally {
    fetching = false;
    if (again) {
      again = false;
      refresh();
    }
  }
}

/** What operators say to everybody at the head of the page, one by one. */
const noticed = () => [...document.querySelectorAll("[data-live-quiet=notices] p")].map((notice) => notice.textContent.replace(/\s+/g, " ").trim());

function swapAll(fresh) {
  const changed = [];
  for (const part of document.querySelectorAll("[data-live]")) {
    const other = fresh.querySelector(`[data-live="${part.dataset.live}"]`);
    if (other && swap(part, other)) changed.push(part.dataset.liveName);
  }
  return changed;
}

/** Parts that change with every look and are not announced; true when a source went late or silent in one, or came back. */
function swapQuiet(fresh) {
  let different = false;
  for (const part of document.querySelectorAll("[data-live-quiet]")) {
    const other = fresh.querySelector(`[data-live-quiet="${part.dataset.liveQuiet}"]`);
    if (!other) continue;
    different ||= part.dataset.liveStanding !== other.dataset.liveStanding;
    if (other.dataset.liveStanding) part.dataset.liveStanding = other.dataset.liveStanding;
    part.replaceChildren(...other.childNodes);
  }
  return different;
}

/** True when something is different; marks entries and versions that were not there before. */
function swap(part, other) {
  if (bare(part) === bare(other)) return false;
  const known = new Set([...part.querySelectorAll("[data-entry]")].map((entry) => entry.dataset.entry));
  const focused = part.contains(document.activeElement) ? pathOf(document.activeElement) : null;
  const open = [...part.querySelectorAll("details[open] > summary")].map((summary) => summary.textContent);
  part.className = other.className;
  part.replaceChildren(...other.childNodes);
  for (const entry of part.querySelectorAll("[data-entry]"))
    if (!known.has(entry.dataset.entry)) entry.classList.add("dcr-new");
  for (const summary of part.querySelectorAll("details > summary"))
    if (open.includes(summary.textContent)) summary.parentElement.open = true;
  if (focused) part.querySelector(focused)?.focus({ preventScroll: true });
  part.dispatchEvent(new CustomEvent("dcr:swapped", { bubbles: true }));
  return true;
}

/** Compares what is said, not the marks that this script itself has set. */
function bare(part) {
  const copy = part.cloneNode(true);
  for (const entry of copy.querySelectorAll(".dcr-new")) {
    entry.classList.remove("dcr-new");
    if (!entry.className) entry.removeAttribute("class");
  }
  for (const details of copy.querySelectorAll("details[open]")) details.removeAttribute("open");
  for (const read of copy.querySelectorAll("[data-chart-read]")) read.remove();
  return copy.textContent.replace(/\s+/g, " ") + [...copy.querySelectorAll("[data-entry]")].map((e) => e.dataset.entry);
}

function pathOf(element) {
  if (element.id) return `#${CSS.escape(element.id)}`;
  if (element.getAttribute("href")) return `a[href="${CSS.escape(element.getAttribute("href"))}"]`;
  return element.tagName === "SUMMARY" ? "summary" : null;
}

// A page in the background holds no connection (a browser has six a site); coming back, it catches up first.
document.addEventListener("visibilitychange", () => {
  if (document.hidden) {
    disconnect();
  } else if (!over) {
    refresh();
    connect();
  }
});
document.addEventListener("dcr:emptied", () => {
  over = true;
  disconnect();
});
addEventListener("pagehide", disconnect);
addEventListener("pageshow", (event) => event.persisted && location.reload());

if (!document.hidden) connect();
