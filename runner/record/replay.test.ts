/** What was recorded of our own simulator, played again, is the same; and a system that keeps everything keeps it, too. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { packageRoot } from '../../contracts/catalogue.ts';
import { runScenario, type ConfigData } from '../run-scenario.ts';
import { kindsOf, readScenario, recordPlay } from './record.test.setup.ts';
import { writeRecording } from './write-recording.ts';

const inRoot = (...parts: readonly string[]): string => path.join(packageRoot(), ...parts);
const config = (): ConfigData => {
  const read = parse(
    readFileSync(inRoot('runner/specimens/conforming/coex.config.yaml'), 'utf8'),
  ) as ConfigData;
  return { ...read, sut: { ...read.sut, cwd: packageRoot() } };
};

const library = [
  'messages/every-kind-of-message-is-taken',
  'messages/an-order-is-taken',
  'messages/a-picked-row-is-taken',
  'messages/a-filled-in-flow-is-taken',
  'messages/a-permission-to-call-is-taken',
  'messages/a-quoted-reply-is-taken',
  'messages/a-reaction-is-taken',
  'messages/a-customer-corrects-an-order',
  'messages/a-customer-takes-a-message-back',
  'messages/customers-come-through-ads-of-every-kind',
  'messages/a-forwarded-message-is-taken',
  'messages/a-question-about-a-product-is-taken',
  'messages/a-first-contact-becomes-readable',
  'messages/a-first-contact-stays-unreadable',
  'messages/a-customer-moves-to-another-number',
  'messages/a-customer-begins-to-hide-the-number',
  'messages/a-customer-who-hides-the-number',
  'messages/before-user-ids',
  'messages/two-shops-have-one-customer',
  'messages/a-poll-is-survived',
  'echoes/every-kind-of-echo-is-taken',
  'echoes/the-owner-corrects-a-price',
  'echoes/the-owner-takes-a-message-back',
  'echoes/the-ninth-digit-is-missing',
  'adversity/a-message-twice-is-answered-once',
  'adversity/a-message-hours-later-again-is-answered-once',
  'adversity/a-disconnection-twice-is-one',
  'adversity/a-field-that-nobody-knows',
  'contacts/a-contact-is-renamed',
  'contacts/a-removal-without-a-name-is-taken',
  'history/the-past-is-not-answered',
  'history/the-owner-declines-to-share',
  'history/files-that-come-as-echoes',
  'heartbeat/a-new-phone-comes-back-by-itself',
  'heartbeat/a-removal-in-every-shape',
  'heartbeat/two-weeks-of-silence-disconnect',
  'heartbeat/a-late-message-after-disconnecting-is-not-answered',
  'heartbeat/thirteen-days-are-not-too-long',
  'onboarding/each-sync-is-requested-once',
];

const textOf = (id: string): string => readFileSync(inRoot('scenarios', `${id}.yaml`), 'utf8');

/** Written by the tests, played together by the last one. */
const folder = mkdtempSync(path.join(tmpdir(), 'coex-replay-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('what was recorded', () => {
  test.each(library)('%s is told again as it was', async (id) => {
    const { recorder } = await recordPlay(readScenario(textOf(id)));
    const text = writeRecording(recorder.recorded, Date.now(), recorder.personOf)?.text ?? '';
    writeFileSync(path.join(folder, `${id.replace('/', '--')}.yaml`), text);
    const again = await recordPlay(readScenario(text));
    expect(kindsOf(recorder)).not.toEqual([]);
    expect(kindsOf(again.recorder), text).toEqual(kindsOf(recorder));
  });

  test('is no trouble to a system that keeps everything', async () => {
    const result = await runScenario('*.yaml', { cwd: folder, config: config() });
    expect(result.report.scenarios.map(({ verdict }) => verdict)).toEqual(library.map(() => 'pass'));
    expect(result.findings).toEqual([]);
    expect(result.kept).toBe(true);
  });
});
