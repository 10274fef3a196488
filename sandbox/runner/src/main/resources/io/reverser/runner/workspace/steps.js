// The steps of the tour: what each step does, and which state of the sandbox shows its outcome. No step sleeps.

import { act, page } from "./page.js";

const ACCESS = "C0ACCESS";
const ALARMS = "C0ALARMS";
const PLATFORM = "C0PLATFORM";
const ALARM = "dev-database-write-latency";

const NO_RESPONSE = { refused: "The page was reloaded before the response arrived. Try again." };

const messages = channel => page.state.channels.find(one => one.id === channel)?.messages ?? [];
const roots = channel => messages(channel).filter(one => !one.thread);
const blocks = one => [...one.blocks, ...one.attachments.flatMap(attachment => attachment.blocks)];
const button = (one, action) => blocks(one).flatMap(block => block.elements ?? []).find(element => element.action_id === action);
const entry = request => page.state.entries.find(one => one.tags["cluster-access:request-id"] === request);
const requestMessage = request => roots(ACCESS).find(one => JSON.stringify(one.blocks).includes(request));
/** Whether a message shows that a request was rejected or cancelled, or has lapsed or failed. */
const isRefused = message => /:(no_entry|wastebasket|zzz|warning):/.test(JSON.stringify(message.blocks));
const minutes = until => Math.ceil((new Date(until) - new Date(page.state.now)) / 60000);
const alarmMessage = () => roots(ALARMS).findLast(one => JSON.stringify(one.attachments).includes(ALARM));

function show(channel, person) {
  page.channel = channel;
  page.person = person ?? page.person;
}

/** Performs an action of a step only once. After an error, such as a timeout of Slack, the next call tries again. */
async function once(memory, key, path, body) {
  if (memory[key]) return;
  const result = await act(path, body);
  memory[key] = !result.error;
}

/**
 * The tour's steps. The button of a step calls the step's `begin`, and each update of the page calls its `proceed`.
 * Both functions get the step's memory. They return what was `done`, what the step `waits` for, or why the step was
 * `refused`; while the outcome is unknown, they return nothing.
 */
export const steps = [
  {
    name: "Visit",
    title: "Visit the reverser",
    text: "The reverser shows callers their IP address and its reverse. Three pods run behind one address, and a real database counts the visits.",
    begin: async memory => {
      const { response } = await act("visit", {});
      if (!response?.ip) return { refused: "No pod answered. The panel on the right shows the state of the pods; try again when one is ready." };
      memory.visit = response;
    },
    proceed: async ({ visit }) => (!visit ? NO_RESPONSE : {
      done: `Your address is \`${visit.ip}\`, and its reverse is \`${visit.reversed}\`. `
        + (visit.visits ? `This was visit number ${visit.visits.count} from this address.` : "The database is unavailable, so the number of visits is unknown."),
    }),
    links: () => [{ label: "the reverser's page", href: page.state.rotation?.reverser }],
  },
  {
    name: "Access",
    channel: ACCESS,
    title: "Get access to a cluster",
    text: "Ada runs /cluster-access in Slack, Bob approves, and EKS gets an access entry for Ada that expires after one hour.",
    begin: async memory => {
      show(ACCESS, "U0ADA");
      const { response, error } = await act("slash", { command: "/cluster-access", text: "prod view 1h I want to look around" });
      memory.request = response?.text?.match(/r-[2-9a-z]{10}/)?.[0];
      if (error) return { refused: "The function was still starting, and Slack waits only three seconds. Try again: it is running now." };
      if (!memory.request) return { refused: `The app answered: ${response?.text}` };
    },
    proceed: async memory => {
      if (!memory.request) return NO_RESPONSE;
      const request = requestMessage(memory.request);
      const given = entry(memory.request);
      if (!request) return;
      if (given && button(request, "revoke")) {
        return { done: `EKS has an access entry for Ada in \`${given.cluster}\`, approved by ${approvers(given)}. It expires in ${minutes(given.tags["cluster-access:expires-at"])} min.` };
      }
      if (button(request, "approve")) {
        show(ACCESS, "U0BOB");
        await once(memory, "approved", "click", { channel: ACCESS, ts: request.ts, action: "approve", value: memory.request });
      } else if (isRefused(request)) {
        return { refused: "Access was not granted; the message says why. Try again to send a new request." };
      }
    },
    links: () => [{ label: "the message", id: "messages" }, { label: "the access entry", id: "entries" }],
  },
  {
    name: "Expiry",
    channel: ACCESS,
    title: "Let the access expire",
    text: "This step moves the clock to the end of Ada's access. A schedule, created before the access was granted, revokes it.",
    begin: async memory => {
      const given = page.state.entries.find(one => one.tags["cluster-access:requester"] === "U0ADA");
      if (!given) return { refused: "Ada has no access that could expire. Do step 2 first." };
      show(ACCESS);
      memory.request = given.tags["cluster-access:request-id"];
      await act("clock", { minutes: Math.max(0, minutes(given.tags["cluster-access:expires-at"])) + 1 });
    },
    proceed: async ({ request }) => {
      const message = requestMessage(request);
      if (!entry(request) && message && !button(message, "revoke")) {
        return { done: "EKS no longer has the entry. The message in the channel shows the expiry, and Ada got a direct message." };
      }
    },
    links: () => [{ label: "the message", id: "messages" }, { label: "the access entries", id: "entries" }],
  },
  {
    name: "Alarm",
    channel: ALARMS,
    title: "Fire an alarm, and resolve it",
    text: "The database gets slow, and Slack gets one message with the graph. Ada acknowledges it. When the alarm resolves, the same message shows that.",
    begin: async () => {
      show(ALARMS, "U0ADA");
      await act("alarm", { do: "ALARM", alarm: ALARM });
    },
    proceed: async memory => {
      const message = alarmMessage();
      if (message?.text.startsWith("🔴") && blocks(message).some(block => block.type === "image")) {
        const acknowledge = button(message, "alarm-ack");
        if (acknowledge) return once(memory, "acknowledged", "click", { channel: ALARMS, ts: message.ts, action: "alarm-ack", value: acknowledge.value });
        await once(memory, "resolved", "alarm", { do: "OK", alarm: ALARM });
      } else if (message?.text.startsWith("🟢") && memory.resolved) {
        return { done: "The alarm fired with its graph, Ada acknowledged it, and it is resolved. One message shows the current state, and its thread shows the history." };
      } else if (memory.resolved === undefined && page.state.alarms.find(one => one.name === ALARM)?.state === "OK") {
        return { refused: "The alarm was resolved before it was posted. Try again." };
      }
    },
    links: () => [{ label: "the message", id: "messages" }, { label: "the alarms", id: "alarms" }],
  },
  {
    name: "Password",
    channel: PLATFORM,
    title: "Rotate the database password under load",
    text: "This step moves the clock to the maintenance window. New pods replace the old ones, and a steady load counts failed calls.",
    begin: async memory => {
      const { secret, load } = page.state.rotation;
      show(PLATFORM);
      Object.assign(memory, { version: secret.version, succeeded: load.succeeded, failed: load.failed, after: roots(PLATFORM).at(-1)?.ts ?? "" });
    },
    proceed: async memory => {
      const { secret, pods, load } = page.state.rotation;
      const thread = roots(PLATFORM).filter(one => one.ts > memory.after).at(-1);
      const isNew = secret.version !== memory.version && thread?.text.startsWith("🔑")
        && pods.every(one => one.state === "ready" && one.login?.fingerprint === secret.current.fingerprint);
      if (isNew) {
        return { done: `All ${pods.length} pods use the new password \`${secret.current.fingerprint}\`, and the database rejects the old one. Of ${load.succeeded - memory.succeeded + load.failed - memory.failed} calls during the rotation, ${load.failed - memory.failed} failed.` };
      }
      if (!memory.opened) {
        if (secret.rotating || pods.some(one => one.state !== "ready")) {
          return { waits: "Not all pods on the right are ready, or a rotation is in progress. This step continues when all pods are ready." };
        }
        return once(memory, "opened", "rotation", { do: "advance-to-window" });
      }
      if (thread?.text.startsWith("⏳")) {
        return { waits: `${lastLine(thread)} Solve that on the right, and this step continues.` };
      }
      if (/^[↩⛔🆘]/u.test(thread?.text ?? "")) return { refused: `${lastLine(thread)} The thread has the details.` };
    },
    links: () => [{ label: "pods and calls", id: "rotation" }, { label: "the messages", id: "messages" }],
  },
];

const lastLine = thread => (blocks(thread).filter(block => block.text).at(-1)?.text.text ?? thread.text).replace(/[^.]$/, "$&.");

function approvers(given) {
  const ids = given.tags["cluster-access:approvers"].split(/[ ,]+/);
  return ids.map(id => page.state.people.find(one => one.id === id)?.name ?? id).join(" and ");
}
