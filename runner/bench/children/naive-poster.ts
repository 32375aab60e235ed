/** What webhooks are measured against: a loop that signs the same bytes and posts them, keep-alive, 32 in flight. */
import { createHmac } from 'node:crypto';
import { Agent, request } from 'node:http';
import { report } from '../child.ts';

const [url = '', count = '0', bytes = ''] = process.argv.slice(2);
const total = Number(count);
const body = Buffer.from(bytes, 'base64');
const agent = new Agent({ keepAlive: true, maxSockets: 32 });
let sent = 0;
let answered = 0;
const startMs = performance.now();

function post(): void {
  if (sent >= total) return;
  sent += 1;
  const outgoing = request(url, {
    method: 'POST',
    agent,
    headers: {
      'Content-Type': 'application/json',
      'Content-Length': body.length,
      'X-Hub-Signature': `sha1=${createHmac('sha1', 'secret').update(body).digest('hex')}`,
      'X-Hub-Signature-256': `sha256=${createHmac('sha256', 'secret').update(body).digest('hex')}`,
    },
  });
  outgoing.on('response', (response) => {
    response.resume();
    response.on('end', () => {
      answered += 1;
      if (answered === total) report({ perSecond: total / ((performance.now() - startMs) / 1000) });
      post();
    });
  });
  outgoing.end(body);
}

for (let lane = 0; lane < 32; lane += 1) post();
