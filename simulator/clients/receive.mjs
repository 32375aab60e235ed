/**
 * The webhook parser of one client, in a process of its own: gets one delivery a line, `{ body, signature }`, and writes
 * one line of JSON for each, `{ error? }`.
 *
 * `node receive.mjs CLIENT APP-SECRET`
 */
import { createInterface } from 'node:readline';

const [, , name, appSecret] = process.argv;
const { receiver } = await import(`./${name}.mjs`);
const receive = await receiver(appSecret);

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  const { body, signature } = JSON.parse(line);
  let error;
  try {
    await receive(body, signature);
  } catch (caught) {
    error = caught?.message ?? String(caught);
  }
  console.log(JSON.stringify(error === undefined ? {} : { error }));
}
