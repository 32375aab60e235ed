import { expect, test } from 'vitest';
import { renderGrid } from './grid-page.ts';

const page = renderGrid({
  title: 'Systems & <obligations>',
  about: 'What was seen.',
  columns: [
    { id: 'first', statement: 'It MUST "be".' },
    { id: 'second', statement: 'It SHOULD.' },
  ],
  rows: [{ name: '<b>bot</b>', cells: { first: { kind: 'fail', note: "it's so" } } }],
});

test('everything that is shown is escaped', () => {
  expect(page).toContain('Systems &amp; &lt;obligations&gt;');
  expect(page).toContain('&lt;b&gt;bot&lt;/b&gt;');
  expect(page).toContain('It MUST &quot;be&quot;.');
  expect(page).toContain('it&#39;s so');
  expect(page).not.toContain('<b>bot');
});

test('a cell says in words what its sign means, and one that was not looked at is empty', () => {
  expect(page).toMatch(/<td class="fail" title="[^"]*broken[^"]*"><span aria-label="broken">✗<\/span><\/td>/);
  expect(page).toMatch(/<td class="unseen"[^>]*><span aria-label="not looked at"><\/span><\/td>/);
});

test('reasons are listed below as well', () => {
  expect(page).toContain('<li><b>&lt;b&gt;bot&lt;/b&gt;</b> · first: it&#39;s so</li>');
});

test('the legend names what occurs, and nothing else', () => {
  expect(page).toContain('<li><b class="fail">');
  expect(page).not.toContain('<li><b class="caught">');
});

test('it asks nothing of the network', () => {
  expect(page).not.toMatch(/(src|href)=/);
});
