// Runs the bots and compares the verdicts with expected.yaml: node check.mjs [bot ...]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const here = path.dirname(fileURLToPath(import.meta.url));
const cli = path.join(here, '../../../dist/runner/cli/main.js');
const known = readdirSync(here, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules')
  .map(({ name }) => name);
const chosen = process.argv.length > 2 ? process.argv.slice(2) : known;
const folder = mkdtempSync(path.join(tmpdir(), 'real-bots-'));

for (const bot of chosen) {
  const report = path.join(folder, `${bot}.json`);
  const config = path.join(here, bot, 'coex.config.yaml');
  spawnSync(process.execPath, [cli, 'run', '--config', config, '--report', `json=${report}`], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const { verdicts } = parse(readFileSync(path.join(here, bot, 'expected.yaml'), 'utf8'));
  const { obligations } = JSON.parse(readFileSync(report, 'utf8'));
  const seen = obligations.filter(({ verdict }) => verdict !== 'not-applicable');
  const ids = new Set([...Object.keys(verdicts), ...seen.map(({ id }) => id)]);
  for (const id of ids) {
    const expected = verdicts[id]?.verdict ?? 'nothing';
    const verdict = seen.find((one) => one.id === id)?.verdict ?? 'nothing';
    if (verdict === expected) continue;
    process.exitCode = 1;
    console.log(`${bot}: ${id}: expected ${expected}, seen ${verdict}`);
  }
  console.log(`${bot}: ${ids.size} verdicts compared`);
}
rmSync(folder, { recursive: true });
