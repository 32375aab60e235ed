/** The ceiling for Graph sends: `node:http` alone, parsing the body and answering the usual JSON. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { report } from '../child.ts';

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const { to } = JSON.parse(Buffer.concat(chunks).toString()) as { to: string };
    const body = JSON.stringify({
      messaging_product: 'whatsapp',
      contacts: [{ input: to, wa_id: to }],
      messages: [{ id: 'wamid.HBgMNDQ3NzAwOTAwMTIzFQIAERgSNUQxRjBBOUMzQjdFMjQ4NjBGAA==' }],
    });
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    });
    response.end(body);
  });
});
server.listen(0, '127.0.0.1', () => {
  report({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v23.0/106540352242922/messages`,
  });
});
