// The page keeps no state but who you are, which room you read, and what only you were told.

import { act, after, at, make, page } from "./page.js";
import { appOf, message, modal, threaded, whisper } from "./slack.js";
import { drawRotation } from "./rotation.js";
import { goOn } from "./tour.js";

const seen = {};

const DOTS = { OK: "🟢", ALARM: "🔴", INSUFFICIENT_DATA: "⚪" };

function alarm(one) {
  const rings = one.state === "ALARM";
  const change = make("button", { type: "button" }, rings ? "resolve" : "fire");
  change.onclick = () => act("alarm", { do: rings ? "OK" : "ALARM", alarm: one.name });
  const flap = make("button", { type: "button", title: "rings and ends three times" }, "flap");
  flap.onclick = () => act("alarm", { do: "flap", alarm: one.name });
  return make("div", { className: "alarm" }, make("span", {}, DOTS[one.state]), make("span", {}, one.name), change, flap);
}

function entry(one) {
  const ends = one.tags["cluster-access:expires-at"];
  const minutes = ends ? Math.ceil((new Date(ends) - new Date(page.state.now)) / 60000) : 0;
  return make("div", { className: "entry" }, make("b", {}, one.cluster), " " + one.principal.split("/").at(-1),
    make("div", {}, one.policies.join("; ")), make("div", {}, ends ? `ends in ${minutes} min` : "not managed here"),
    make("dl", {}, ...Object.entries(one.tags).flatMap(([key, value]) =>
      [make("dt", {}, key.replace("cluster-access:", "")), make("dd", {}, value)])));
}

function draw() {
  const { state, person } = page;
  page.room ||= state.rooms[0].id;
  const current = state.rooms.find(one => one.id === page.room) ?? state.rooms[0];
  seen[current.id] = current.messages.length;
  at("clock").textContent = new Date(state.now).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
  at("title").textContent = (current.direct ? "" : "# ") + current.name;
  at("people").replaceChildren(...state.people.map(one => {
    const choice = make("button", { role: "radio", ariaChecked: String(one.id === person) },
      make("span", { className: "face" }, one.name[0]), one.name);
    choice.onclick = () => { if (page.room === person) page.room = one.id; page.person = one.id; refresh(); };
    return choice;
  }));
  at("rooms").replaceChildren(...state.rooms.map(one => {
    const unread = one.messages.length - (seen[one.id] ?? 0);
    const choice = make("button", { ariaCurrent: String(one.id === current.id) },
      (one.direct ? "✉ " : "# ") + one.name, ...(unread > 0 ? [make("span", { className: "count" }, String(unread))] : []));
    choice.onclick = () => { page.room = one.id; refresh(); };
    return choice;
  }));
  const own = page.whispers.filter(one => one.person === person && one.room === current.id);
  const list = [...threaded(current.messages, current.id).map(message), ...own.map(whisper)];
  at("messages").replaceChildren(...(list.length ? list
    : [make("li", { className: "empty" }, "Nothing here yet. " + appOf(current.id).empty)]));
  at("messages").scrollTop = at("messages").scrollHeight;
  at("alarms").replaceChildren(...state.alarms.map(alarm));
  at("entries").replaceChildren(...(state.entries.length ? state.entries.map(entry)
    : [make("p", { className: "context" }, "None. Nobody has access right now.")]));
}

at("storm").onclick = () => act("alarm", { do: "storm" });

let drawn = "";
let asked = 0;
let answered = 0;

/** What is answered after a later question was, is over: somebody did something in between, or is somebody else now. */
async function refresh() {
  const question = ++asked;
  const state = await fetch("/api/state?" + page.person).then(answer => answer.json(), () => null);
  at("away").hidden = state !== null;
  if (state === null || question < answered) return;
  answered = question;
  page.state = state;
  const picture = JSON.stringify(
    [state.rooms, state.alarms, state.entries, page.person, page.room, page.whispers.length, state.now.slice(0, 16)]);
  if (picture !== drawn) {
    drawn = picture;
    draw();
  }
  drawRotation();
  await goOn();
}

after.push(shown => shown.view && modal(JSON.parse(shown.view)), refresh);
document.addEventListener("toggled", draw);

at("composer").onsubmit = async event => {
  event.preventDefault();
  const [, command, text] = at("line").value.match(/^(\/\S+)?\s*(.*)$/);
  at("line").value = "/cluster-access ";
  await act("slash", { command: command ?? "/cluster-access", text });
};
for (const [label, minutes] of [["+5 min", 5], ["+30 min", 30], ["+1 h", 60], ["+8 h", 480]]) {
  const move = make("button", {}, label);
  move.onclick = () => act("clock", { minutes });
  at("moves").append(move);
}
setInterval(refresh, 700);
refresh();
