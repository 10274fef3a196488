// Renders Slack's markup, blocks, messages, threads and modals. Inserts all text as text nodes, never as HTML.

import { act, at, make, page } from "./page.js";

const EMOJI = {
  hourglass_flowing_sand: "⏳", key: "🔑", gear: "⚙️", no_entry: "⛔", wastebasket: "🗑️", white_check_mark: "✅",
  zzz: "💤", warning: "⚠️", rotating_light: "🚨", heavy_plus_sign: "➕", information_source: "ℹ️",
};
const plain = text => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
const name = id => page.state.people.find(one => one.id === id)?.name ?? id;
const when = (seconds, form = "{date_short_pretty} {time}") => new Date(seconds * 1000).toLocaleString([],
  { dateStyle: form.includes("{date") ? "medium" : undefined, timeStyle: form.includes("{time") ? "short" : undefined });

/** Converts a text in Slack's markup to HTML elements. */
export function markup(text) {
  const parts = [];
  const token = /```([^]*?)```|`([^`]+)`|<@(\w+)>|<!subteam\^(\w+)>|<!date\^(\d+)\^([^|>]*)[^>]*>|:(\w+):|\*(?!\u200b)([^*\n]+)\*(?!\u200b)|_(?!\u200b)([^_\n]+)_(?!\u200b)/g;
  let end = 0;
  for (const found of text.matchAll(token)) {
    parts.push(plain(text.slice(end, found.index)));
    const [all, block, code, user, team, date, form, emoji, bold, italic] = found;
    if (block !== undefined) parts.push(make("pre", {}, plain(block.replace(/^\n/, ""))));
    else if (code !== undefined) parts.push(make("code", {}, plain(code)));
    else if (user) parts.push(make("span", { className: "mention" }, "@" + name(user)));
    else if (team) parts.push(make("span", { className: "mention" }, "@" + team.replace(/^S0/, "").toLowerCase()));
    else if (date) parts.push(when(Number(date), form));
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

/** Renders a text block; lines that start with > are quotations. */
function paragraph(text) {
  const parts = text.split(/\n(?=> )/).map(part => part.startsWith("> ")
    ? make("blockquote", {}, ...markup(part.slice(2))) : make("div", {}, ...markup(part)));
  return make("div", { className: "section" }, ...parts);
}

/** Renders the blocks of an attachment, next to the attachment's coloured bar. */
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
    await act("click", { channel: message.channel, ts: message.ts, action: shape.action_id, value: shape.value });
    element.disabled = false;
  };
  return element;
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

export function modal(view) {
  const dialog = at("modal");
  const form = make("form", { method: "dialog" }, make("h2", { id: "modal-title" }, view.title.text),
    ...view.blocks.map(shape => shape.type === "input" ? input(shape) : block(shape, {})));
  const close = make("button", { type: "button" }, view.close?.text ?? "Close");
  close.onclick = () => dialog.close();
  const footer = make("footer", {}, close);
  if (view.submit) footer.append(make("button", { className: "primary" }, view.submit.text));
  form.append(footer);
  form.onsubmit = async event => {
    event.preventDefault();
    const values = Object.fromEntries(new FormData(form));
    const { response } = await act("submit", { view, values });
    form.querySelectorAll(".error").forEach(old => old.remove());
    if (response?.response_action === "errors") {
      for (const [id, text] of Object.entries(response.errors)) {
        (form.elements[id]?.parentElement ?? form).append(make("span", { className: "error", role: "alert" }, ...markup(text)));
      }
    } else if (response?.view) modal(response.view);
    else dialog.close();
  };
  dialog.replaceChildren(form);
  if (!dialog.open) dialog.showModal();
}

const ACCESS = { name: "Cluster access", face: "🔐", empty: "Press Enter below to request access." };
const ALARMS = { name: "Alarms", face: "🔔", folds: true, empty: "Fire an alarm on the right." };
const ROTATION = { name: "Rotation", face: "🔑", folds: true, opensLast: true, empty: "Skip to the next window on the right." };

/** The Slack app that posts to a channel. It determines whether the threads of the channel are folded until a click. */
export const appOf = channel => ({ C0ALARMS: ALARMS, C0ONCALL: ALARMS, C0PLATFORM: ROTATION })[channel] ?? ACCESS;

export function message(one) {
  const app = appOf(one.channel);
  const time = make("time", {}, when(Number(one.ts.split(".")[0])), one.edited ? " (edited)" : "");
  const text = one.blocks.length ? [] : [make("div", { className: "section" }, ...markup(one.text))];
  return make("li", { className: one.thread ? "reply" : "" },
    make("span", { className: "face" }, app.face),
    make("div", {}, make("span", { className: "who" }, app.name), time, ...text,
      ...one.blocks.map(shape => block(shape, one)), ...one.attachments.map(shape => attachment(shape, one)),
      ...(one.replies ? [thread(one)] : [])));
}

export function ephemeral(one) {
  return make("li", { className: "own" }, make("span", { className: "face" }, ACCESS.face),
    make("div", {}, make("span", { className: "who" }, ACCESS.name),
      make("span", { className: "note" }, "Only visible to you"), make("div", { className: "section" }, ...markup(one.text))));
}

const toggled = new Set();

/** The messages of a channel in order, with the replies of each open thread below the thread's first message. */
export function threaded(messages, channel) {
  const app = appOf(channel);
  const roots = messages.filter(one => !one.thread);
  return roots.flatMap(root => {
    const replies = messages.filter(one => one.thread === root.ts);
    const isOpen = !app.folds || toggled.has(root.ts) !== Boolean(app.opensLast && root === roots.at(-1));
    return [{ ...root, channel, isOpen, replies: app.folds ? replies.length : 0 },
      ...(isOpen ? replies.map(one => ({ ...one, channel })) : [])];
  });
}

function thread(one) {
  const toggle = make("button", { className: "thread", type: "button", ariaExpanded: String(one.isOpen) },
    one.replies === 1 ? "1 reply" : one.replies + " replies");
  toggle.onclick = () => {
    if (!toggled.delete(one.ts)) toggled.add(one.ts);
    document.dispatchEvent(new Event("toggled"));
  };
  return toggle;
}
