// The rotation panel: the maintenance window, the password of each pod, and the load with its failed requests.

import { act, at, make, page } from "./page.js";

const SVG = "http://www.w3.org/2000/svg";
const SECONDS = 120;
const WIDTH = 240;
const HEIGHT = 60;
const CEILING = 25;
const day = text => new Date(text).toLocaleString([], { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
const hour = text => new Date(text).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });

/** The times at which this page observed a new version of the secret, and those at which not all pods were ready. */
const rotations = [];
const rollouts = [];
let version = "";
let drawn = "";

export function drawRotation() {
  const rotation = page.state.rotation;
  at("rotation").hidden = !rotation;
  if (!rotation) return;
  recordChanges(rotation);
  at("window").replaceChildren(...windowStatus(rotation.window));
  at("password").replaceChildren(
    chip(rotation.secret.current, rotation.secret), " ", rotation.secret.current.user,
    make("span", { className: "note" }, rotation.secret.rotating ? "rotation in progress" : age(rotation.secret.rotated)));
  // Redraws the pods only when they have changed: users cannot click a link that is constantly replaced.
  const picture = JSON.stringify([rotation.pods, rotation.secret.current]);
  if (picture !== drawn) {
    drawn = picture;
    at("pods").replaceChildren(...rotation.pods.map(one => pod(one, rotation.secret)));
  }
  load(rotation.load);
}

function recordChanges({ secret, pods }) {
  if (version && version !== secret.version) rotations.push(Date.now());
  version = secret.version;
  if (pods.some(one => one.state !== "ready")) rollouts.push(Date.now());
  for (const times of [rotations, rollouts]) {
    while (times.length && times[0] < Date.now() - SECONDS * 1000) times.shift();
  }
}

function windowStatus({ state, time }) {
  const [label, note] = {
    open: ["Open", time && `rotations start until ${hour(time)}`],
    closing: ["Closing", time && `no more starts; closes ${hour(time)}`],
    closed: ["Closed", time && `opens ${day(time)}`],
  }[state];
  return [make("span", { className: state }, make("span", { className: "dot" })),
    " ", make("b", {}, label), make("span", { className: "note" }, note ?? "")];
}

function age(rotated) {
  const minutes = Math.max(0, Math.floor((new Date(page.state.now) - new Date(rotated)) / 60000));
  if (minutes < 1) return "just created";
  if (minutes < 120) return minutes + " min old";
  return minutes < 2880 ? Math.floor(minutes / 60) + " h old" : Math.floor(minutes / 1440) + " days old";
}

/** The fingerprint of a pod's password; the page never gets the password. */
function chip(login, secret) {
  const isCurrent = login.fingerprint === secret.current.fingerprint;
  return make("code", {
    className: "chip " + (isCurrent ? "current" : "other"),
    title: isCurrent ? "current password" : "not the current password",
  }, login.fingerprint);
}

function pod(one, secret) {
  const short = one.name.replace(/^reverser-/, "");
  const name = one.health
    ? make("a", { href: one.health, target: "_blank", rel: "noopener", title: "health report" }, short) : short;
  return make("div", { className: "pod " + one.state }, make("span", { className: "dot" }), make("span", { className: "name" }, name),
    make("span", { className: "note" }, one.state), ...(one.login ? [chip(one.login, secret)] : []));
}

function shape(tag, attributes) {
  const element = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

const across = second => (second / (SECONDS - 1)) * WIDTH;
const ago = time => across(SECONDS - 1 - (Date.now() - time) / 1000);

function load({ calls, failures, p99 }) {
  const highest = Math.max(CEILING, ...calls);
  const up = count => HEIGHT - (count / highest) * HEIGHT;
  const first = calls.findIndex(count => count > 0);
  const points = calls.map((count, second) => `${across(second)},${up(count)}`).slice(Math.max(0, first));
  const failed = failures.reduce((sum, count) => sum + count, 0);
  const rate = calls.slice(-5).reduce((sum, count) => sum + count, 0) / 5;
  at("load-now").replaceChildren(
    make("b", {}, rate.toFixed(0)), " requests/s · ", make("b", { className: failed ? "bad" : "good" }, String(failed)),
    " failed · p99 ", make("b", {}, p99 + " ms"));
  at("load").setAttribute("aria-label",
    `${rate.toFixed(0)} requests a second; ${failed} failed in the last two minutes; p99 ${p99} ms`);
  at("load").replaceChildren(
    ...rollouts.map(time => shape("rect", { class: "rollout", x: ago(time), y: 0, width: 2, height: HEIGHT })),
    ...[10, 20].map(count => shape("line", { class: "grid", x1: 0, x2: WIDTH, y1: up(count), y2: up(count) })),
    ...(points.length && first >= 0 ? [
      shape("polygon", { class: "area", points: `${across(first)},${HEIGHT} ${points.join(" ")} ${WIDTH},${HEIGHT}` }),
      shape("polyline", { class: "line", points: points.join(" ") })] : []),
    ...failures.flatMap((count, second) => count
      ? [shape("rect", { class: "failure", x: across(second) - 1, y: up(count), width: 2, height: HEIGHT - up(count) })] : []),
    ...rotations.map(time => shape("line", { class: "rotated", x1: ago(time), x2: ago(time), y1: 0, y2: HEIGHT })));
}

for (const [id, action] of [["open-window", "advance-to-window"], ["rotate-now", "rotate"], ["break-glass", "break-glass"]]) {
  at(id).onclick = async () => {
    page.channel = "C0PLATFORM";
    const name = page.state.people.find(one => one.id === page.person)?.name ?? page.person;
    const { response } = await act("rotation", { do: action, name });
    at("rotation-message").textContent = response?.message ?? "";
  };
}
