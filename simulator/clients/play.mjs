/**
 * One client, in a process of its own: makes every call it knows and writes one line of JSON for each, `{ call, error? }`.
 *
 * `node play.mjs CLIENT`, with the stage (addresses, ids, token) as JSON on standard input.
 */
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';

const [, , name] = process.argv;
const stage = JSON.parse(await text(process.stdin));
const { calls } = await import(`./${name}.mjs`);

for (const [call, make] of Object.entries(calls(stage))) {
  // A coexistence number takes 20 messages a second.
  await pause(60);
  let error;
  try {
    await make();
  } catch (caught) {
    error = await describe(caught);
  }
  console.log(JSON.stringify({ call, ...(error && { error }) }));
}

/** Each client wraps Meta's answer in a way of its own; the innermost says most. */
async function describe(error) {
  const answer = error?.response?.text ? await error.response.text().catch(() => '') : '';
  const inner = error?.originalError?.error ?? error?.raw ?? error?.cause ?? error?.originalError;
  return [error?.message ?? String(error), answer, inner ? JSON.stringify(inner) : '']
    .filter((part) => part !== '')
    .join(' · ');
}
