/** Is up until it is first asked for anything, and then hangs up on everybody without ending. */
import { createServer } from 'node:net';

const { PORT } = process.env;
createServer((socket) => socket.destroy()).listen(Number(PORT), '127.0.0.1');
