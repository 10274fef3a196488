// The page keeps no state but who you are, which room you read, and what only you were told. All text is put in as text.

const at = id => document.getElementById(id);
let person = "U0ADA";
let room = "";
let state = { people: [], rooms: [], entries: [], alarms: [] };
const whispers = [];
const seen = {};
const unfolded = new Set();
const ALARM_ROOMS = ["C0ALARMS", "C0ONCALL"];

function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

const EMOJI = {
  hourglass_flowing_sand: "⏳", key: "🔑", gear: "⚙️", no_entry: "⛔", wastebasket: "🗑️", white_check_mark: "✅",
  zzz: "💤", warning: "⚠️", rotating_light: "🚨", heavy_plus_sign: "➕", information_source: "ℹ️",
};
const plain = text => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
const name = id => state.people.find(one => one.id === id)?.name ?? id;
const when = seconds => new Date(seconds * 1000).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });

/** Slack's markup as elements. */
function markup(text) {
  const parts = [];
  const token = /```([^]*?)```|`([^`]+)`|<@(\w+)>|<!subteam\^(\w+)>|<!date\^(\d+)\^[^>]*>|:(\w+):|\*(?!\u200b)([^*\n]+)\*(?!\u200b)|_(?!\u200b)([^_\n]+)_(?!\u200b)/g;
  let end = 0;
  for (const found of text.matchAll(token)) {
    parts.push(plain(text.slice(end, found.index)));
    const [all, block, code, user, team, date, emoji, bold, italic] = found;
    if (block !== undefined) parts.push(make("pre", {}, plain(block)));
    else if (code !== undefined) parts.push(make("code", {}, plain(code)));
    else if (user) parts.push(make("span", { className: "mention" }, "@" + name(user)));
    else if (team) parts.push(make("span", { className: "mention" }, "@" + team.replace(/^S0/, "").toLowerCase()));
    else if (date) parts.push(when(Number(date)));
    else if (emoji) parts.push(EMOJI[emoji] ?? all);
    else if (bold) parts.push(make("strong", {}, ...markup(bold)));
    else parts.push(make("em", {}, ...markup(italic)));
    end = found.index + all.length;
  }
  parts.push(plain(text.slice(end)));
  return parts;
}

function block(shape, message) {
  switch (shape.type) {
    case "section":
      return shape.fields
        ? make("div", { className: "fields" }, ...shape.fields.map(field => make("div", {}, ...markup(field.text))))
        : paragraph(shape.text.text);
    case "header": return make("h3", {}, shape.text.text);
    case "context": return make("div", { className: "context" }, ...shape.elements.flatMap(one => markup(one.text)));
    case "actions": return make("div", { className: "actions" }, ...shape.elements.map(one => button(one, message)));
    case "image": return make("div", { className: "picture" },
      make("img", { src: "/files/" + shape.slack_file.id, alt: shape.alt_text }));
    default: return make("hr");
  }
}

/** Lines that begin with > are quotations. */
function paragraph(text) {
  const parts = text.split(/\n(?=> )/).map(part => part.startsWith("> ")
    ? make("blockquote", {}, ...markup(part.slice(2))) : make("div", {}, ...markup(part)));
  return make("div", { className: "section" }, ...parts);
}

/** Blocks beside a bar of colour, below the text that everybody sees. */
function attachment(shape, message) {
  const bar = make("div", { className: "bar" }, ...shape.blocks.map(one => block(one, message)));
  bar.style.borderColor = shape.color;
  return bar;
}

function button(shape, message) {
  if (shape.url) {
    return make("a", { className: "act", href: shape.url, target: "_blank", rel: "noopener" }, shape.text.text);
  }
  const element = make("button", { className: "act " + (shape.style ?? ""), type: "button" }, shape.text.text);
  element.onclick = async () => {
    element.disabled = true;
    await act("click", { channel: message.room, ts: message.ts, action: shape.action_id, value: shape.value });
    element.disabled = false;
  };
  return element;
}

/** Does something as the chosen person, and shows what only that person sees. */
async function act(what, body) {
  const response = await fetch("/api/" + what, { method: "POST", body: JSON.stringify({ person, ...body }) });
  const shown = await response.json();
  const told = shown.failed ?? shown.whisper ?? (shown.answer?.response_type ? shown.answer.text : "");
  if (told) whispers.push({ person, room, text: told, time: state.now });
  if (shown.view) modal(JSON.parse(shown.view));
  await refresh();
  return shown;
}

function input(shape) {
  const element = shape.element.type === "static_select"
    ? make("select", { name: shape.block_id },
        ...shape.element.options.map(option => make("option", { value: option.value }, option.text.text)))
    : make(shape.element.multiline ? "textarea" : "input", { name: shape.block_id, rows: 3, required: !shape.optional });
  const label = make("label", {}, shape.label.text, element);
  if (shape.hint) label.append(make("small", {}, shape.hint.text));
  return label;
}

function modal(view) {
  const dialog = at("modal");
  const form = make("form", { method: "dialog" }, make("h2", {}, view.title.text),
    ...view.blocks.map(shape => shape.type === "input" ? input(shape) : block(shape, {})));
  const close = make("button", { type: "button" }, view.close?.text ?? "Close");
  close.onclick = () => dialog.close();
  const footer = make("footer", {}, close);
  if (view.submit) footer.append(make("button", { className: "primary" }, view.submit.text));
  form.append(footer);
  form.onsubmit = async event => {
    event.preventDefault();
    const values = Object.fromEntries(new FormData(form));
    const { answer } = await act("submit", { view, values });
    form.querySelectorAll(".error").forEach(old => old.remove());
    if (answer?.response_action === "errors") {
      for (const [id, text] of Object.entries(answer.errors)) {
        (form.elements[id]?.parentElement ?? form).append(make("span", { className: "error", role: "alert" }, ...markup(text)));
      }
    } else if (answer?.view) modal(answer.view);
    else dialog.close();
  };
  dialog.replaceChildren(form);
  if (!dialog.open) dialog.showModal();
}

function message(one) {
  const time = make("time", {}, when(Number(one.ts.split(".")[0])), one.edited ? " (edited)" : "");
  const isAlarm = ALARM_ROOMS.includes(one.room);
  const text = one.blocks.length ? [] : [make("div", { className: "section" }, ...markup(one.text))];
  return make("li", { className: one.thread ? "reply" : "" },
    make("span", { className: "face" }, isAlarm ? "🔔" : "🔐"),
    make("div", {}, make("span", { className: "who" }, isAlarm ? "Alarms" : "Cluster access"), time, ...text,
      ...one.blocks.map(shape => block(shape, one)), ...one.attachments.map(shape => attachment(shape, one)),
      ...(one.replies ? [thread(one)] : [])));
}

const DOTS = { OK: "🟢", ALARM: "🔴", INSUFFICIENT_DATA: "⚪" };

function alarm(one) {
  const rings = one.state === "ALARM";
  const change = make("button", { type: "button" }, rings ? "resolve" : "fire");
  change.onclick = () => act("alarm", { do: rings ? "OK" : "ALARM", alarm: one.name });
  const flap = make("button", { type: "button", title: "rings and ends three times" }, "flap");
  flap.onclick = () => act("alarm", { do: "flap", alarm: one.name });
  return make("div", { className: "alarm" }, make("span", {}, DOTS[one.state]), make("span", {}, one.name), change, flap);
}

function whisper(one) {
  return make("li", { className: "own" }, make("span", { className: "face" }, "🔐"),
    make("div", {}, make("span", { className: "who" }, "Cluster access"),
      make("span", { className: "note" }, "Only visible to you"), make("div", { className: "section" }, ...markup(one.text))));
}

/** Replies stand below what they answer; those to alarms only when somebody wants to read them. */
function threaded(messages, room) {
  return messages.filter(one => !one.thread).flatMap(root => {
    const replies = messages.filter(one => one.thread === root.ts);
    const shown = !ALARM_ROOMS.includes(room) || unfolded.has(root.ts);
    return [{ ...root, room, replies: ALARM_ROOMS.includes(room) ? replies.length : 0 },
      ...(shown ? replies.map(one => ({ ...one, room })) : [])];
  });
}

function thread(one) {
  const toggle = make("button", { className: "thread", type: "button", ariaExpanded: String(unfolded.has(one.ts)) },
    one.replies === 1 ? "1 reply" : one.replies + " replies");
  toggle.onclick = () => {
    if (!unfolded.delete(one.ts)) unfolded.add(one.ts);
    draw();
  };
  return toggle;
}

function entry(one) {
  const ends = one.tags["cluster-access:expires-at"];
  const minutes = ends ? Math.ceil((new Date(ends) - new Date(state.now)) / 60000) : 0;
  return make("div", { className: "entry" }, make("b", {}, one.cluster), " " + one.principal.split("/").at(-1),
    make("div", {}, one.policies.join("; ")), make("div", {}, ends ? `ends in ${minutes} min` : "not managed here"),
    make("dl", {}, ...Object.entries(one.tags).flatMap(([key, value]) =>
      [make("dt", {}, key.replace("cluster-access:", "")), make("dd", {}, value)])));
}

function draw() {
  room ||= state.rooms[0].id;
  const current = state.rooms.find(one => one.id === room) ?? state.rooms[0];
  seen[current.id] = current.messages.length;
  at("clock").textContent = new Date(state.now).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
  at("title").textContent = (current.direct ? "" : "# ") + current.name;
  at("people").replaceChildren(...state.people.map(one => {
    const choice = make("button", { role: "radio", ariaChecked: String(one.id === person) },
      make("span", { className: "face" }, one.name[0]), one.name);
    choice.onclick = () => { if (room === person) room = one.id; person = one.id; refresh(); };
    return choice;
  }));
  at("rooms").replaceChildren(...state.rooms.map(one => {
    const unread = one.messages.length - (seen[one.id] ?? 0);
    const choice = make("button", { ariaCurrent: String(one.id === current.id) },
      (one.direct ? "✉ " : "# ") + one.name, ...(unread > 0 ? [make("span", { className: "count" }, String(unread))] : []));
    choice.onclick = () => { room = one.id; refresh(); };
    return choice;
  }));
  const own = whispers.filter(one => one.person === person && one.room === current.id);
  const list = [...threaded(current.messages, current.id).map(message), ...own.map(whisper)];
  at("messages").replaceChildren(...(list.length ? list
    : [make("li", { className: "empty" }, ALARM_ROOMS.includes(current.id) ? "Nothing here yet. Fire an alarm on the right."
      : "Nothing here yet. Press Enter below to ask for access.")]));
  at("messages").scrollTop = at("messages").scrollHeight;
  at("alarms").replaceChildren(...state.alarms.map(alarm));
  at("entries").replaceChildren(...(state.entries.length ? state.entries.map(entry)
    : [make("p", { className: "context" }, "None. Nobody has access right now.")]));
}

at("storm").onclick = () => act("alarm", { do: "storm" });

let drawn = "";
async function refresh() {
  state = await (await fetch("/api/state?" + person)).json();
  const picture = JSON.stringify([state.rooms, state.alarms, state.entries, person, room, whispers.length, state.now.slice(0, 16)]);
  if (picture !== drawn) {
    drawn = picture;
    draw();
  }
}

at("composer").onsubmit = async event => {
  event.preventDefault();
  const typed = at("line").value;
  at("line").value = "/cluster-access ";
  await act("slash", { text: typed.replace(/^\/cluster-access\s*/, "") });
};
for (const [label, minutes] of [["+5 min", 5], ["+30 min", 30], ["+1 h", 60], ["+8 h", 480]]) {
  const move = make("button", {}, label);
  move.onclick = () => act("clock", { minutes });
  at("moves").append(move);
}
setInterval(refresh, 700);
refresh();
