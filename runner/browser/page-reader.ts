/** Reads a page of the system under test as a person would: opens it, does some steps, takes what is shown. */
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import type { BrowserProbe, BrowserStep } from '../plan/config.ts';

export interface PageReader {
  /**
   * @param limitMs - for all of it
   * @returns a list of results where there is an `each`, else one
   * @throws what Playwright throws, where a step cannot be done
   */
  read(page: BrowserProbe, limitMs: number, signal: AbortSignal): Promise<unknown>;
  close(): Promise<void>;
}

/** @param launch - starts the browser, when it is first needed */
export function createPageReader(launch: () => Promise<Browser>): PageReader {
  let browser: Promise<Browser> | undefined;
  return {
    async read(given, limitMs, signal) {
      browser ??= launch();
      // Each look has a context of its own: what the page stored the last time is no part of what it shows.
      const context = await (await browser).newContext({ locale: 'en-US' });
      const reading = readIn(context, given, limitMs);
      // A context that is closed in the middle of something may never close: whoever cannot wait goes on, and it is
      // closed when what is under way has ended by its own limit.
      void reading
        .catch(() => undefined)
        .then(() => context.close())
        .catch(() => undefined);
      return unlessAborted(reading, signal);
    },
    async close() {
      await (await browser?.catch(() => undefined))?.close();
    },
  };
}

/** Settles like the promise, or as soon as the signal aborts. */
function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(new Error('It took too long.'));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

async function readIn(context: BrowserContext, given: BrowserProbe, limitMs: number): Promise<unknown> {
  context.setDefaultTimeout(limitMs);
  const page = await context.newPage();
  await page.goto(given.page);
  for (const step of given.steps ?? []) await take(page, step);
  const { each, read = { text: '' } } = given;
  if (each === undefined) return readParts(page.locator('body'), read);
  const results = await page.locator(each).all();
  return Promise.all(results.map((result) => readParts(result, read)));
}

function take(page: Page, step: BrowserStep): Promise<unknown> {
  if ('click' in step) return page.locator(step.click).click();
  if ('fill' in step) return page.locator(step.fill.field).fill(step.fill.text);
  if ('press' in step) return page.keyboard.press(step.press);
  if ('waitFor' in step) return page.locator(step.waitFor).first().waitFor();
  return page.goto(step.goto);
}

/** What is not there has no such part. */
async function readParts(within: Locator, parts: Readonly<Record<string, string>>): Promise<object> {
  const found: Record<string, string> = {};
  for (const [name, where] of Object.entries(parts)) {
    const value = await readPart(within, where);
    if (value !== null) found[name] = value;
  }
  return found;
}

async function readPart(within: Locator, where: string): Promise<string | null> {
  const [, selector = '', attribute] = /^(.*?)(?:@([\w-]+))?$/.exec(where.trim()) ?? [];
  const place = selector.trim() === '' ? within : within.locator(selector.trim()).first();
  if (place !== within && (await place.count()) === 0) return null;
  if (attribute !== undefined) return place.getAttribute(attribute);
  return (await place.textContent())?.trim() ?? null;
}
