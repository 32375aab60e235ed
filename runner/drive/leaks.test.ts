import { expect, test } from 'vitest';
import { createLeakWatch } from './leaks.ts';

const secrets = { 'the app secret': 'a-secret-of-32-characters-exactly' };

test.each([
  [['listening on port 3000\n'], undefined],
  [['secret: a-secret-of-32-characters-exactly\n'], 'the app secret'],
  [['secret: a-secret-of-32-', 'characters-exactly\n'], 'the app secret'],
  [[`GET / with Bearer EAA${'x1'.repeat(20)}\n`], 'an access token'],
  [['EAAsy\n'], undefined],
])('%j shows %s', (chunks, shown) => {
  const watch = createLeakWatch(secrets);
  chunks.forEach(watch.hear);
  expect(watch.found()).toBe(shown);
});
