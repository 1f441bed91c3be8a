// Runs before simcord's page: gives the address a room and a person, then keeps the list true.
const [room = "ml-daily", person = "ada"] = location.hash.slice(1).split("/").filter(Boolean);
const here = `${room}/${person}`;
if (location.hash !== `#${here}`) history.replaceState(null, "", `#${here}`);

const STOPPED = "Loopmate has stopped. This page goes on when it is started again.";
const TROUBLE = {
  "Action outcome uncertain. It will not be retried.":
    "That takes longer than usual. It may still arrive here.",
  "Action was not completed.": "The bot did not respond. The terminal says why.",
  "Connection interrupted; trying again…": STOPPED,
  "Preview session ended.": STOPPED,
};
let world = null;

function notice(text) {
  const place = document.getElementById("notice");
  if (place.textContent !== text) place.textContent = text;
}

function wireLinks() {
  for (const link of document.querySelectorAll("#rooms a")) {
    const door = `${link.dataset.room || room}/${link.dataset.person || person}`;
    link.setAttribute("href", `#${door}`);
    if (door === here) link.setAttribute("aria-current", "page");
  }
}

// Threads open while we watch: each becomes one more room.
function addRooms(rooms) {
  const places = document.getElementById("places");
  for (const [slug, label] of Object.entries(rooms)) {
    if (places.querySelector(`a[data-room="${slug}"]`)) continue;
    const item = places.insertBefore(document.createElement("li"), places.lastElementChild);
    const link = item.appendChild(document.createElement("a"));
    link.dataset.room = slug;
    link.textContent = label;
  }
  wireLinks();
}

// simcord's page reports on itself in a toolbar that we hide; what went wrong is shown.
function watchTrouble() {
  const status = document.getElementById("action-status");
  const tell = () => notice(TROUBLE[status.textContent] || "");
  new MutationObserver(tell).observe(status, { childList: true, characterData: true });
}

function markUnread(newest) {
  sessionStorage.setItem(here, newest[here]);
  for (const link of document.querySelectorAll("#rooms a[data-room]")) {
    const door = link.getAttribute("href").slice(1);
    const unread = door in newest && newest[door] !== (sessionStorage.getItem(door) || "0");
    link.classList.toggle("unread", unread);
    link.title = unread ? "Something new" : "";
  }
}

async function follow() {
  try {
    const answer = await (await fetch("/rooms.json", { cache: "no-store" })).json();
    if (world !== null && world !== answer.world) location.reload();
    world = answer.world;
    addRooms(answer.rooms);
    markUnread(answer.newest);
  } catch {
    notice(STOPPED);
  }
  setTimeout(follow, 1500);
}

document.addEventListener("DOMContentLoaded", () => {
  wireLinks();
  watchTrouble();
  follow();
});
