/** Answers 200 to everything and does nothing else: what silence alone would earn. */
import { createServer } from 'node:http';

const { PORT } = process.env;
createServer((request, response) => {
  request.resume();
  response.writeHead(200, { 'content-type': 'application/json' });
  // An empty list, an empty object, nothing: whichever a probe asks for.
  response.end(request.url?.startsWith('/list') === true ? '[]' : '{}');
}).listen(Number(PORT), '127.0.0.1');
