// The workspace page. All state but the current person, current channel and ephemeral messages is the sandbox's.

import { act, afterAction, at, make, page } from "./page.js";
import { appOf, message, modal, threaded, ephemeral } from "./slack.js";
import { drawRotation } from "./rotation.js";
import { advanceTour } from "./tour.js";

const seen = {};

const DOTS = { OK: "🟢", ALARM: "🔴", INSUFFICIENT_DATA: "⚪" };

function alarm(one) {
  const firing = one.state === "ALARM";
  const change = make("button", { type: "button" }, firing ? "resolve" : "fire");
  change.onclick = () => act("alarm", { do: firing ? "OK" : "ALARM", alarm: one.name });
  const flap = make("button", { type: "button", title: "fires and resolves three times" }, "flap");
  flap.onclick = () => act("alarm", { do: "flap", alarm: one.name });
  return make("div", { className: "alarm" }, make("span", {}, DOTS[one.state]), make("span", {}, one.name), change, flap);
}

function entry(one) {
  const ends = one.tags["cluster-access:expires-at"];
  const minutes = ends ? Math.ceil((new Date(ends) - new Date(page.state.now)) / 60000) : 0;
  return make("div", { className: "entry" }, make("b", {}, one.cluster), " " + one.principal.split("/").at(-1),
    make("div", {}, one.policies.join("; ")), make("div", {}, ends ? `expires in ${minutes} min` : "not managed by the platform"),
    make("dl", {}, ...Object.entries(one.tags).flatMap(([key, value]) =>
      [make("dt", {}, key.replace("cluster-access:", "")), make("dd", {}, value)])));
}

function draw() {
  const { state, person } = page;
  page.channel ||= state.channels[0].id;
  const current = state.channels.find(one => one.id === page.channel) ?? state.channels[0];
  seen[current.id] = current.messages.length;
  at("clock").textContent = new Date(state.now).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
  at("title").textContent = (current.direct ? "" : "# ") + current.name;
  at("people").replaceChildren(...state.people.map(one => {
    const choice = make("button", { role: "radio", ariaChecked: String(one.id === person) },
      make("span", { className: "face" }, one.name[0]), one.name);
    choice.onclick = () => { if (page.channel === person) page.channel = one.id; page.person = one.id; refresh(); };
    return choice;
  }));
  at("channels").replaceChildren(...state.channels.map(one => {
    const unread = one.messages.length - (seen[one.id] ?? 0);
    const choice = make("button", { ariaCurrent: String(one.id === current.id) },
      (one.direct ? "✉ " : "# ") + one.name, ...(unread > 0 ? [make("span", { className: "count" }, String(unread))] : []));
    choice.onclick = () => { page.channel = one.id; refresh(); };
    return choice;
  }));
  const own = page.ephemerals.filter(one => one.person === person && one.channel === current.id);
  const list = [...threaded(current.messages, current.id).map(message), ...own.map(ephemeral)];
  at("messages").replaceChildren(...(list.length ? list
    : [make("li", { className: "empty" }, "Nothing here yet. " + appOf(current.id).empty)]));
  at("messages").scrollTop = at("messages").scrollHeight;
  at("alarms").replaceChildren(...state.alarms.map(alarm));
  at("entries").replaceChildren(...(state.entries.length ? state.entries.map(entry)
    : [make("p", { className: "context" }, "None. No one has access right now.")]));
}

at("storm").onclick = () => act("alarm", { do: "storm" });

let drawn = "";
let requests = 0;
let latest = 0;

/** Fetches the state and draws it. Ignores stale responses: those that arrive after the response to a later request. */
async function refresh() {
  const request = ++requests;
  const state = await fetch("/api/state?" + page.person).then(response => response.json(), () => null);
  at("away").hidden = state !== null;
  if (state === null || request < latest) return;
  latest = request;
  page.state = state;
  const picture = JSON.stringify(
    [state.channels, state.alarms, state.entries, page.person, page.channel, page.ephemerals.length, state.now.slice(0, 16)]);
  if (picture !== drawn) {
    drawn = picture;
    draw();
  }
  drawRotation();
  await advanceTour();
}

afterAction.push(result => result.view && modal(JSON.parse(result.view)), refresh);
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
