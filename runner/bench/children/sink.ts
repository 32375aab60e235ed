/** A receiver that takes every webhook at once and counts them. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { report } from '../child.ts';

const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    response.writeHead(200, { 'content-length': 0 });
    response.end();
  });
});
server.listen(0, '127.0.0.1', () => {
  report({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook` });
});
