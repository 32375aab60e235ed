/** The files that `coex init` writes. Pure. */
import { profiles as allProfiles, type Profile, type Reach } from './config.ts';

export interface Answers {
  /** Missing: it runs already. */
  readonly command?: string;
  readonly webhook: string;
  readonly ready?: string;
  /** It has a secret and a token of its own, which come from the environment. */
  readonly hasOwnSecrets: boolean;
  readonly profiles: readonly Profile[];
  readonly numbers: 'many' | 'one';
  readonly reach: Reach;
  readonly ci: 'github' | 'gitlab' | 'none';
}

/** Where the user's own scenarios are, relative to the config. */
export const scenarioFolder = 'coex/scenarios';
export const firstScenarioFile = `${scenarioFolder}/a-customer-is-answered.yaml`;

const quoted = (text: string): string => (/^[\w./:{}@=-]+$/.test(text) ? text : JSON.stringify(text));

/** `key: value  # why`, the comments in a column of their own. */
const line = (text: string, comment: string): string => `${text.padEnd(46)} # ${comment}`;

export function configText({
  command,
  webhook,
  ready,
  hasOwnSecrets,
  profiles,
  numbers,
  reach,
}: Answers): string {
  const port = webhook.includes('{port}')
    ? [line('  port: auto', 'a free one, passed as PORT and {port}')]
    : [];
  const secrets = hasOwnSecrets
    ? [
        line(
          '  verifyToken: ${WHATSAPP_VERIFY_TOKEN}',
          'the system has its own; set them in the environment',
        ),
        '  appSecret: ${WHATSAPP_APP_SECRET}',
      ]
    : [];
  const started =
    command === undefined
      ? [line('  # command: npm start', 'it runs already; with a command coex starts and stops it')]
      : [line(`  command: ${quoted(command)}`, 'started before a run, stopped after it')];
  const idle = allProfiles.filter((profile) => !profiles.includes(profile));
  return `# What coex is to examine, and how it is reached. All keys: npx coex explain config
# It gets GRAPH_API_BASE_URL, WHATSAPP_TOKEN, WHATSAPP_VERIFY_TOKEN, WHATSAPP_APP_SECRET and PORT in its environment.
sut:
${[
  ...started,
  ...port,
  line(`  webhook: ${webhook}`, 'where webhooks are posted'),
  ...(ready === undefined ? [] : [line(`  ready: ${ready}`, 'any answer below 500 means that it is up')]),
  ...secrets,
  line(
    `  numbers: ${numbers}`,
    numbers === 'many'
      ? 'serves many at once; “one”: a single fixed one'
      : 'knows a single fixed one; “many”: side by side',
  ),
  ...(numbers === 'one'
    ? [line('  # reset: http://127.0.0.1:3000/reset', 'gets a POST between two scenarios')]
    : []),
  line(`  reach: ${reach}`, 'base-url, redirect (Node), proxy (any language), hosts'),
].join('\n')}

# What it does; obligations of other profiles are not applicable.${idle.length === 0 ? '' : ` Also there: ${idle.join(', ')}.`}
profiles: [${profiles.join(', ')}]

# What is played. Without this line: the whole library, as far as it concerns the profiles.
scenarios: [${scenarioFolder}]

# Obligations that need a look inside are “not observed” until there is a probe: an address, a command or a page.
# probes:
#   conversation:
#     http: http://127.0.0.1:{port}/conversations/{customer}
#     select: '[messages.{ "id": wamid, "author": from, "text": body }]'
`;
}

export const scenarioText = `# yaml-language-server: $schema=https://unpkg.com/coex/scenarios/language/scenario.schema.json
scenario: A customer who writes is answered, and the owner who answers on the phone is not
obligations: [webhook-is-acknowledged, echo-is-not-answered]
number: coexistence
customers: { ana: { name: Ana Lopez } }
steps:
  - customer.sends: { from: ana, text: Quero comprar }
  - expect.acknowledged: { field: messages, within: 5s, proves: webhook-is-acknowledged }
  - expect.call: { edge: messages, to: ana, within: 10s } # the positive control: it does answer
  - app.sends: { to: ana, text: 'Oi Ana, aqui é a Lu' }
  - expect.noCall: { edge: messages, to: ana, for: 2s }
`;

/** For a system that answers nobody by itself: what every receiver has to do. */
export const receiverScenarioText = `# yaml-language-server: $schema=https://unpkg.com/coex/scenarios/language/scenario.schema.json
scenario: Webhooks are taken, and forged ones are not
obligations: [webhook-is-acknowledged, bad-signature-is-refused]
number: coexistence
customers: { ana: { name: Ana Lopez } }
steps:
  - customer.sends: { from: ana, text: Quero comprar }
  - expect.acknowledged: { field: messages, within: 5s, proves: webhook-is-acknowledged }
  - expect.acknowledged: { field: messages, within: 5s, control: true }
  - webhooks.fault: { rule: wrong-signature, times: 1 }
  - customer.sends: { from: ana, text: Ainda tem? }
  - expect.refused: { field: messages, within: 5s, proves: bad-signature-is-refused }
`;

const githubText = `# Plays the scenarios of coex on every push; failures become annotations, the summary a page of the job.
name: coex
on: [push, pull_request]
permissions:
  contents: read
jobs:
  coexistence:
    runs-on: ubuntu-latest
    timeout-minutes: 15
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with: { node-version: 22, cache: npm }
      - run: npm ci
      - run: npx coex run --report junit=coex.xml --report html=coex.html
      - uses: actions/upload-artifact@v4
        if: always()
        with: { name: coex, path: coex.* }
`;

const gitlabText = `# Plays the scenarios of coex on every push. Beside a .gitlab-ci.yml of your own: include: { local: coex.gitlab-ci.yml }
coexistence:
  image: node:22
  script:
    - npm ci
    - npx coex run --report junit=coex.xml --report html=coex.html
  artifacts:
    when: always
    paths: [coex.html]
    reports: { junit: coex.xml }
`;

/**
 * @param hasGitlabFile - a \`.gitlab-ci.yml\` is there already
 * @returns the CI file and its place; nothing where none is wanted
 */
export function ciFile(ci: Answers['ci'], hasGitlabFile: boolean): readonly [string, string] | undefined {
  if (ci === 'github') return ['.github/workflows/coex.yml', githubText];
  if (ci === 'gitlab') return [hasGitlabFile ? 'coex.gitlab-ci.yml' : '.gitlab-ci.yml', gitlabText];
  return undefined;
}
