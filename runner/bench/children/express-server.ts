/** What `coex serve` is measured against: an empty Express server. */
import type { AddressInfo } from 'node:net';
import express from 'express';

const server = express().listen(0, '127.0.0.1', () => {
  console.log(`ready http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
