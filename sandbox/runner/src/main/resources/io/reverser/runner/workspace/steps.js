// The steps of the tour: what each does, and how the world tells that it worked. Nothing here waits for a time to pass.

import { act, page } from "./page.js";

const ACCESS = "C0ACCESS";
const ALARMS = "C0ALARMS";
const PLATFORM = "C0PLATFORM";
const ALARM = "dev-database-write-latency";

/** The response was lost. */
const NO_RESPONSE = { refused: "The page was loaded again before there was an answer. Try again." };

const messages = channel => page.state.channels.find(one => one.id === channel)?.messages ?? [];
const roots = channel => messages(channel).filter(one => !one.thread);
const blocks = one => [...one.blocks, ...one.attachments.flatMap(attachment => attachment.blocks)];
const button = (one, action) => blocks(one).flatMap(block => block.elements ?? []).find(element => element.action_id === action);
const entry = request => page.state.entries.find(one => one.tags["cluster-access:request-id"] === request);
const requestMessage = request => roots(ACCESS).find(one => JSON.stringify(one.blocks).includes(request));
const hasState = (message, state) => Boolean(message?.text.endsWith("is " + state));
const minutes = until => Math.ceil((new Date(until) - new Date(page.state.now)) / 60000);
const alarmMessage = () => roots(ALARMS).findLast(one => JSON.stringify(one.attachments).includes(ALARM));

function show(channel, person) {
  page.channel = channel;
  page.person = person ?? page.person;
}

/** Does it, unless it was done; what Slack did not take in time is tried again by whoever sees it undone. */
async function once(memory, key, path, body) {
  if (memory[key]) return;
  const result = await act(path, body);
  memory[key] = !result.error;
}

/**
 * Each has `begin`, which is called for the button, and `proceed`, which is called whenever the page knows more. Both are
 * given what the step remembers, and say, once they know, what was `done`, what it `waits` for, or why it was `refused`.
 */
export const steps = [
  {
    name: "Visit",
    title: "Visit the reverser",
    text: "It tells callers their IP address, and that in reverse. Three pods of it run behind one address; a real database counts visits.",
    begin: async memory => {
      const { response } = await act("visit", {});
      if (!response?.ip) return { refused: "No pod answered. The panel on the right shows how they are; try again when one is ready." };
      memory.visit = response;
    },
    proceed: async ({ visit }) => (!visit ? NO_RESPONSE : {
      done: `You come from \`${visit.ip}\`, which in reverse is \`${visit.reversed}\`. `
        + (visit.visits ? `This was visit number ${visit.visits.count} from there.` : "The database is away, so the number of visits is unknown."),
    }),
    links: () => [{ label: "the page itself", href: page.state.rotation?.reverser }],
  },
  {
    name: "Access",
    channel: ACCESS,
    title: "Get access to a cluster",
    text: "Ada types /cluster-access in Slack, Bob approves, and EKS has an access entry for her, for one hour.",
    begin: async memory => {
      show(ACCESS, "U0ADA");
      const { response, error } = await act("slash", { command: "/cluster-access", text: "prod view 1h I want to look around" });
      memory.request = response?.text?.match(/r-[2-9a-z]{10}/)?.[0];
      if (error) return { refused: "The function was only starting, and Slack waits no longer than three seconds. Try again: it runs now." };
      if (!memory.request) return { refused: `The app answered: ${response?.text}` };
    },
    proceed: async memory => {
      if (!memory.request) return NO_RESPONSE;
      const request = requestMessage(memory.request);
      const given = entry(memory.request);
      if (given && hasState(request, "granted")) {
        return { done: `EKS has an entry for Ada in \`${given.cluster}\`, approved by ${approvers(given)}. It ends by itself in ${minutes(given.tags["cluster-access:expires-at"])} min.` };
      }
      if (hasState(request, "asked for")) {
        show(ACCESS, "U0BOB");
        await once(memory, "approved", "click", { channel: ACCESS, ts: request.ts, action: "approve", value: memory.request });
      } else if (request && !hasState(request, "granted") && !hasState(request, "being set up")) {
        return { refused: "The request was decided otherwise, as the message says. Try again; that makes another request." };
      }
    },
    links: () => [{ label: "the message", id: "messages" }, { label: "the access entry", id: "entries" }],
  },
  {
    name: "Time",
    channel: ACCESS,
    title: "Let the hour pass",
    text: "The clock is moved to the end of Ada's access. A schedule ends it that was armed before the access existed.",
    begin: async memory => {
      const given = page.state.entries.find(one => one.tags["cluster-access:requester"] === "U0ADA");
      if (!given) return { refused: "Ada has no access that could end. Do step 2 first." };
      show(ACCESS);
      memory.request = given.tags["cluster-access:request-id"];
      await act("clock", { minutes: Math.max(0, minutes(given.tags["cluster-access:expires-at"])) + 1 });
    },
    proceed: async ({ request }) => {
      if (!entry(request) && hasState(requestMessage(request), "over")) {
        return { done: "The entry is gone from EKS, and the same message says *Over.* Ada was told as well." };
      }
    },
    links: () => [{ label: "the message", id: "messages" }, { label: "the access entries", id: "entries" }],
  },
  {
    name: "Alarm",
    channel: ALARMS,
    title: "Ring an alarm, and see it end",
    text: "The database gets slow: one message, with the graph. Ada looks after it, and when it is fine again, the same message says so.",
    begin: async () => {
      show(ALARMS, "U0ADA");
      await act("alarm", { do: "ALARM", alarm: ALARM });
    },
    proceed: async memory => {
      const message = alarmMessage();
      if (message?.text.startsWith("🔴") && blocks(message).some(block => block.type === "image")) {
        const acknowledge = button(message, "alarm-ack");
        if (acknowledge) return once(memory, "acknowledged", "click", { channel: ALARMS, ts: message.ts, action: "alarm-ack", value: acknowledge.value });
        await once(memory, "ended", "alarm", { do: "OK", alarm: ALARM });
      } else if (message?.text.startsWith("🟢") && memory.ended) {
        return { done: "It rang with its graph, Ada looked after it, and it is fine again: one message for all of it, and its thread says what happened when." };
      } else if (memory.ended === undefined && page.state.alarms.find(one => one.name === ALARM)?.state === "OK") {
        return { refused: "The alarm ended before it was posted. Try again." };
      }
    },
    links: () => [{ label: "the message", id: "messages" }, { label: "the alarms", id: "alarms" }],
  },
  {
    name: "Password",
    channel: PLATFORM,
    title: "Change the database password under load",
    text: "The clock is moved to the maintenance window. Pods with a new password take over, and no call may fail.",
    begin: async memory => {
      const { secret, load } = page.state.rotation;
      show(PLATFORM);
      Object.assign(memory, { version: secret.version, succeeded: load.succeeded, failed: load.failed, after: roots(PLATFORM).at(-1)?.ts ?? "" });
    },
    proceed: async memory => {
      const { secret, pods, load } = page.state.rotation;
      const thread = roots(PLATFORM).filter(one => one.ts > memory.after).at(-1);
      const isNew = secret.version !== memory.version && thread?.text.endsWith("has changed")
        && pods.every(one => one.state === "ready" && one.login?.fingerprint === secret.current.fingerprint);
      if (isNew) {
        return { done: `All ${pods.length} pods have the new password \`${secret.current.fingerprint}\`, and the one before is refused. Of ${load.succeeded - memory.succeeded + load.failed - memory.failed} calls meanwhile, ${load.failed - memory.failed} failed.` };
      }
      if (!memory.opened) {
        if (secret.rotating || pods.some(one => one.state !== "ready")) {
          return { waits: "Not all pods on the right are ready, or the password is being changed already. It goes on by itself when they are." };
        }
        return once(memory, "opened", "rotation", { do: "advance-to-window" });
      }
      if (thread?.text.startsWith("⏳")) {
        return { waits: `${lastLine(thread)} See to that on the right, and it goes on.` };
      }
      if (/^[↩⛔🆘]/u.test(thread?.text ?? "")) return { refused: `${lastLine(thread)} Its thread says more.` };
    },
    links: () => [{ label: "pods and calls", id: "rotation" }, { label: "the story", id: "messages" }],
  },
];

const lastLine = thread => (blocks(thread).filter(block => block.text).at(-1)?.text.text ?? thread.text).replace(/[^.]$/, "$&.");

function approvers(given) {
  const ids = given.tags["cluster-access:approvers"].split(/[ ,]+/);
  return ids.map(id => page.state.people.find(one => one.id === id)?.name ?? id).join(" and ");
}
