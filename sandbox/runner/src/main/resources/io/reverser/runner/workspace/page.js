// State and actions that all parts of the page share: the current person and channel, and the state of the sandbox.

export const at = id => document.getElementById(id);

export function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

export const page = { person: "U0ADA", channel: "", state: { people: [], channels: [], entries: [], alarms: [] }, ephemerals: [] };

/** Listeners that the page calls with the result of each action. */
export const afterAction = [];

/** Performs an action of the sandbox as the current person of the page. */
export async function act(path, body) {
  const response = await fetch("/api/" + path, { method: "POST", body: JSON.stringify({ person: page.person, ...body }) });
  const result = await response.json();
  const text = result.error ?? result.ephemeral ?? (result.response?.response_type ? result.response.text : "");
  if (text) page.ephemerals.push({ person: page.person, channel: page.channel, text });
  for (const next of afterAction) await next(result);
  return result;
}
