/** Starts the browser that is there. Playwright is loaded only where somebody wants one. */
import type { Browser } from 'playwright-core';
import { findBrowser } from './find-browser.ts';

export async function launchBrowser(): Promise<Browser> {
  const { chromium } = await import('playwright-core');
  const { executablePath, args } = await findBrowser();
  return chromium.launch({ executablePath, args: [...args] });
}
