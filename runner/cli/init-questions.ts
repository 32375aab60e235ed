/** What `coex init` asks on a terminal. Loaded only there. */
import { confirm, intro, isCancel, multiselect, select, text } from '@clack/prompts';
import { profiles } from '../plan/config.ts';
import type { Answers } from '../plan/first-files.ts';
import { Mistake } from '../plan/mistake.ts';

/**
 * @param usual - what is offered
 * @param sample - command of a bot that is written where there is nothing to examine yet
 * @throws Mistake where the person goes away
 */
export async function askForAnswers(usual: Answers, sample: string | undefined): Promise<Answers> {
  intro('coex: which system is to be examined?');
  const command = (
    await answered(
      text({
        message: 'How is it started? (nothing: it runs already)',
        initialValue: usual.command ?? sample ?? '',
      }),
    )
  ).trim();
  const webhook = await answered(
    text({
      message: 'Where does it take webhooks? ({port}: coex chooses one, and passes it as PORT)',
      initialValue: usual.webhook,
      validate: (given = '') =>
        URL.canParse(given.replace('{port}', '1'))
          ? undefined
          : 'An address like http://127.0.0.1:3000/webhook.',
    }),
  );
  const hasOwnSecrets = await answered(
    confirm({
      message:
        'Has it a verify token and an app secret of its own, which it does not take from the environment?',
      initialValue: usual.hasOwnSecrets || command === '',
    }),
  );
  const chosen = await answered(
    multiselect({
      message: 'What does it do?',
      options: profiles.map((value) => ({ value, hint: says[value] })),
      initialValues: [...usual.profiles],
      required: true,
    }),
  );
  const numbers = await answered(
    select({
      message: 'How many numbers does it serve?',
      options: [
        { value: 'many' as const, label: 'many, side by side' },
        { value: 'one' as const, label: 'one that is fixed' },
      ],
      initialValue: usual.numbers,
    }),
  );
  const reach = await answered(
    select({
      message: 'How does it come to coex in place of graph.facebook.com?',
      options: [
        { value: 'base-url' as const, label: 'it takes its base URL from the environment' },
        { value: 'redirect' as const, label: 'it does not, and is written in Node' },
        { value: 'proxy' as const, label: 'it does not, and is written in another language' },
        { value: 'hosts' as const, label: 'nor does it heed HTTPS_PROXY' },
      ],
      initialValue: usual.reach,
    }),
  );
  const ci = await answered(
    select({
      message: 'Where does it run in CI?',
      options: [
        { value: 'github' as const, label: 'GitHub Actions' },
        { value: 'gitlab' as const, label: 'GitLab CI' },
        { value: 'none' as const, label: 'nowhere, or elsewhere' },
      ],
      initialValue: usual.ci,
    }),
  );
  const { command: _usual, ...rest } = usual;
  return {
    ...rest,
    ...(command !== '' && { command }),
    webhook,
    hasOwnSecrets,
    profiles: chosen,
    numbers,
    reach,
    ci,
  };
}

const says: Readonly<Record<(typeof profiles)[number], string>> = {
  receiver: 'takes webhooks',
  sender: 'calls the Graph',
  automation: 'answers by itself',
  inbox: 'stores and shows conversations',
  onboarder: 'runs Embedded Signup and the syncs',
};

async function answered<T>(question: Promise<T>): Promise<Exclude<T, symbol>> {
  const answer = await question;
  if (!isCancel(answer)) return answer as Exclude<T, symbol>;
  throw new Mistake({
    message: 'Nothing was written.',
    hint: 'With flags nothing is asked: coex init --help',
  });
}
