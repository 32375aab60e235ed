/** Goes through Embedded Signup as a person would: the system's own page, its button, the pop-up, the phone beside it. */
import type { Browser, BrowserContext, Page } from 'playwright-core';

/** The system's page, and what its button is called. */
export interface SignupPage {
  readonly page: string;
  readonly button: string;
}

export interface SignupPerson {
  /**
   * Connects a number of the WhatsApp Business app.
   *
   * @param number - as people read it
   * @returns why it could not be done; nothing where the pop-up came to its end
   */
  complete(number: string, history: 'shared' | 'declined'): Promise<string | undefined>;
  /** Closes the pop-up on a screen, by its name in Meta's `CANCEL` event. */
  cancel(number: string, screen: string): Promise<string | undefined>;
  close(): Promise<void>;
}

/** Longest wait for anything to be there, milliseconds. */
const patienceMs = 10_000;

/** Most pages that are left open. */
const mostOpen = 8;

/** @param launch - starts the browser, when it is first needed */
export function createSignupPerson(page: SignupPage, launch: () => Promise<Browser>): SignupPerson {
  let browser: Promise<Browser> | undefined;
  /** Pages that may still be telling their back end of what came; the oldest go first. */
  const open: BrowserContext[] = [];

  /** Opens the page and the pop-up, and leaves the page open: it learns of the end after the pop-up is gone. */
  const withPopUp = async (deed: (popUp: Page) => Promise<void>): Promise<string | undefined> => {
    browser ??= launch();
    const context = await (await browser).newContext({ locale: 'en-US' });
    context.setDefaultTimeout(patienceMs);
    if (open.push(context) > mostOpen) await open.shift()?.close();
    try {
      const opened = await context.newPage();
      await opened.goto(page.page);
      const [popUp] = await Promise.all([
        opened.waitForEvent('popup'),
        opened.getByRole('button', { name: page.button }).click(),
      ]);
      await deed(popUp);
      if (!popUp.isClosed()) await popUp.waitForEvent('close');
      return undefined;
    } catch (error) {
      const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
      return `the sign-up could not be gone through on ${page.page}: ${why}`;
    }
  };

  const onwards = (popUp: Page): Promise<void> => popUp.getByRole('button', { name: 'Continue' }).click();

  const typeNumber = async (popUp: Page, number: string): Promise<void> => {
    await popUp.getByLabel('Phone number').fill(number);
    await popUp.getByRole('button', { name: 'Next' }).click();
  };

  return {
    complete: (number, history) =>
      withPopUp(async (popUp) => {
        await onwards(popUp);
        await onwards(popUp);
        await typeNumber(popUp, number);
        await popUp.getByRole('button', { name: 'Connect', exact: true }).click();
        const choice = history === 'shared' ? 'Share chat history' : 'Do not share chat history';
        await popUp.getByLabel(choice, { exact: true }).check();
        await popUp.getByRole('button', { name: 'Confirm' }).click();
        await popUp.getByLabel('Code').fill((await popUp.locator('.code').textContent()) ?? '');
        await popUp.getByRole('button', { name: 'Next' }).click();
        await popUp.getByRole('button', { name: 'Finish' }).click();
      }),
    cancel: (number, screen) =>
      withPopUp(async (popUp) => {
        await popUp.getByRole('button', { name: 'Continue' }).waitFor();
        const steps = [
          ['BUSINESS_ACCOUNT_SELECTION', () => onwards(popUp)],
          ['WABA_PHONE_PROFILE_PICKER', () => onwards(popUp)],
          ['WHATSAPP_BUSINESS_APP_ONBOARDING_PHONE_CREATION', () => typeNumber(popUp, number)],
        ] as const;
        for (const [name, next] of steps) {
          if (name === screen) break;
          await next();
        }
        await popUp.evaluate('window.close()');
      }),
    async close() {
      await (await browser)?.close();
    },
  };
}
