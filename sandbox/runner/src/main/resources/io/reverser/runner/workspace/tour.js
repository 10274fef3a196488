// The tour: a strip above the workspace, with one button for each step. The user can close and reopen the tour.

import { at, make, page } from "./page.js";
import { markup } from "./slack.js";
import { steps } from "./steps.js";

const TIMEOUT_MS = 60_000;
const BLANK = { runId: "", at: 0, steps: steps.map(() => ({})) };

/** The state of the tour. It survives a reload of the page, but not a restart of the sandbox. */
let tour = { ...structuredClone(BLANK), ...JSON.parse(sessionStorage.getItem("tour") ?? "{}") };
let isBusy = false;
let isKnown = false;
let drawn = "";

const isOpen = () => !at("tour").hidden;
const isLate = number => runningStep() === number && !tour.steps[number].waits && Date.now() - tour.steps[number].since > TIMEOUT_MS;
const runningStep = () => tour.steps.findIndex(one => one.memory && !one.done && !one.refused);

/** Continues the running step of the tour, and shows the step's progress. */
export async function advanceTour() {
  if (tour.runId !== page.state.runId) tour = { ...structuredClone(BLANK), runId: page.state.runId };
  if (!isKnown) begin();
  const number = runningStep();
  if (number >= 0) await exclusively(() => recordOutcome(number, steps[number].proceed(tour.steps[number].memory)));
  draw();
}

/** Runs an action, unless another action is still running: the tour ignores clicks meanwhile. */
async function exclusively(action) {
  if (isBusy) return;
  isBusy = true;
  try {
    await action();
  } finally {
    isBusy = false;
    save();
  }
}

function save() {
  sessionStorage.setItem("tour", JSON.stringify(tour));
}

async function recordOutcome(number, outcome) {
  Object.assign(tour.steps[number], { waits: undefined }, await outcome);
}

function startStep() {
  const number = tour.at;
  if (isBusy || runningStep() >= 0 && !isLate(number)) return;
  exclusively(async () => {
    const step = tour.steps[number] = { memory: {}, since: Date.now() };
    const begun = steps[number].begin(step.memory);
    save();
    draw();
    await recordOutcome(number, begun);
  }).then(draw);
}

function go(to) {
  tour.at = to;
  save();
  draw();
}

function open(wanted) {
  at("tour").hidden = !wanted;
  at("tour-open").hidden = wanted;
  localStorage.setItem("tour", wanted ? "open" : "closed");
  draw();
}

function draw() {
  const step = steps[tour.at];
  const { memory, done, refused, waits } = tour.steps[tour.at];
  const running = runningStep();
  const late = isLate(tour.at);
  const picture = JSON.stringify([tour, late, isOpen()]);
  if (picture === drawn || !page.state.runId) return;
  drawn = picture;
  pills.forEach(mark);
  if (at("tour-title").textContent !== step.title) {
    at("tour-title").textContent = step.title;
    at("tour-text").textContent = step.text;
    at("tour-links").replaceChildren("See ", ...step.links().flatMap((one, index) => [index ? " and " : "", link(one)]), ".");
  }
  at("tour-message").className = done ? "done" : refused || waits || late ? "waits" : "";
  at("tour-message").replaceChildren(...statusLine());
  const main = at("tour-do");
  main.textContent = running === tour.at && !late ? "Running …" : done ? "Do it again" : refused || late ? "Try again" : "Do it for me";
  main.setAttribute("aria-disabled", String(running >= 0 && !late));
  main.classList.toggle("primary", !done);
  const last = tour.at === steps.length - 1;
  at("tour-next").textContent = last ? "End the tour" : done ? "Next" : "Skip";
  at("tour-next").classList.toggle("primary", Boolean(done));
  for (const element of document.querySelectorAll(".highlighted")) element.classList.remove("highlighted");
  at("tour").classList.toggle("begun", Boolean(memory));
  if (isOpen() && memory) step.links().forEach(one => one.id && at(one.id).classList.add("highlighted"));
  if (isOpen() && done) step.links().reverse().forEach(one => one.id && show(one.id));

  function statusLine() {
    if (done) return ["✓ ", ...markup(done)];
    if (refused || waits) return ["! ", ...markup(refused ?? waits)];
    if (late) return ["! This takes longer than usual. It may still finish; if it does not, try again."];
    if (running === tour.at) return ["In progress …"];
    return running >= 0 ? [`Step ${running + 1} is still running.`] : [];
  }
}

/** The steps' buttons. They are created only once, so that they keep the keyboard focus. */
const pills = steps.map((step, number) => {
  const choice = make("button", { type: "button" }, make("span", { className: "number" }), " ", step.name);
  choice.onclick = () => go(number);
  at("tour-steps").append(make("li", {}, choice));
  return choice;
});

function mark(choice, number) {
  const done = Boolean(tour.steps[number].done);
  choice.firstChild.textContent = done ? "✓" : String(number + 1);
  choice.classList.toggle("done", done);
  choice.ariaCurrent = number === tour.at ? "step" : null;
}

function link({ label, href, id }) {
  if (href) return make("a", { href, target: "_blank", rel: "noopener" }, label);
  const way = make("button", { type: "button" }, label);
  way.onclick = () => show(id);
  return way;
}

/** Scrolls to the part of the page that a step shows. On a narrow screen, this part is below the tour. */
function show(id) {
  page.channel = steps[tour.at].channel ?? page.channel;
  at(id).scrollIntoView({ block: matchMedia("(max-width: 60rem)").matches ? "start" : "nearest" });
}

at("tour-do").onclick = startStep;
at("tour-next").onclick = () => (tour.at === steps.length - 1 ? open(false) : go(tour.at + 1));
at("tour-close").onclick = () => { open(false); at("tour-open").focus(); };
at("tour-open").onclick = () => { open(true); at("tour-do").focus(); };
addEventListener("hashchange", () => location.hash === "#tour" && open(true));

/** Opens the tour after the page has received the first state, because the tour's buttons need the state. */
function begin() {
  isKnown = true;
  open(location.hash === "#tour" || localStorage.getItem("tour") !== "closed");
}
