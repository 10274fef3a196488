// What all parts of the page share: who you are, which room you read, what the world is like, and how to act in it.

export const at = id => document.getElementById(id);

export function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

export const page = { person: "U0ADA", room: "", state: { people: [], rooms: [], entries: [], alarms: [] }, whispers: [] };

/** What comes after each deed, with what only the one who did it sees. */
export const after = [];

/** Does something as the chosen person. */
export async function act(what, body) {
  const response = await fetch("/api/" + what, { method: "POST", body: JSON.stringify({ person: page.person, ...body }) });
  const shown = await response.json();
  const told = shown.failed ?? shown.whisper ?? (shown.answer?.response_type ? shown.answer.text : "");
  if (told) page.whispers.push({ person: page.person, room: page.room, text: told });
  for (const next of after) await next(shown);
  return shown;
}
