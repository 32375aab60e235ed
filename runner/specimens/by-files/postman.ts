/** The postman: looks every few milliseconds which answers are due, and carries each once. */
import { mayAnswer, type Message } from './chat.ts';
import type { Session } from './desk.ts';
import { settle, type Question } from './take-in.ts';

interface Errand extends Question {
  due: number;
  attempts: number;
}

interface Reply {
  /** 0: there was none. */
  readonly status: number;
  readonly id?: string;
  readonly code?: number;
}

const roundMs = 25;
const body = 'We have your message and will come back to you.';
const slowDown: Readonly<Record<number, 'line' | 'chat'>> = {
  130429: 'line',
  131048: 'line',
  131056: 'chat',
};
const mostAttempts = 5;

export interface Postman {
  accept(questions: readonly Question[]): void;
}

/** @param base - Graph with its version */
export function startPostman(open: () => Session, base: string, ownToken: string): Postman {
  const errands: Errand[] = [];
  const resting = new Map<string, number>();
  let unsent = 0;

  const carry = async (errand: Errand): Promise<void> => {
    const { line, sheet, askedAt } = errand;
    const session = open();
    const account = session.account(session.drawer(line).account ?? '');
    const chat = session.chat(line, sheet);
    if (account.away || !mayAnswer(chat, askedAt, Math.floor(Date.now() / 1_000))) return;
    const to = chat.number === undefined ? { recipient: chat.userId } : { to: chat.number };
    const reply = await send(`${base}/${line}/messages`, account.token ?? ownToken, to);
    const scope = slowDown[reply.code ?? 0];
    errand.attempts += 1;
    if (scope !== undefined && errand.attempts < mostAttempts) {
      const until = performance.now() + 1_000 * 2 ** (errand.attempts - 1);
      resting.set(scope === 'line' ? line : `${line}/${sheet}`, until);
      errands.push({ ...errand, due: until });
      return;
    }
    writeDown(errand, reply);
  };

  const writeDown = ({ line, sheet, askedAt }: Errand, { id, code, status }: Reply): void => {
    const session = open();
    unsent += 1;
    const message: Message = {
      id: id ?? `unsent-${unsent}`,
      side: 'machine',
      sentAt: Math.max(askedAt, Math.floor(Date.now() / 1_000)),
      body,
      hollow: false,
      // No answer is no failure: it may have arrived, and a person has to look.
      state: id !== undefined ? 'accepted' : status === 0 ? 'unknown' : 'failed',
      ...(code !== undefined && { errorCode: code }),
    };
    settle(session, line, sheet, message);
    session.close();
  };

  const round = (): void => {
    const now = performance.now();
    for (const errand of errands.splice(0)) {
      const { line, sheet, due } = errand;
      const free = Math.max(due, resting.get(line) ?? 0, resting.get(`${line}/${sheet}`) ?? 0);
      if (free > now) errands.push(errand);
      else void carry(errand).catch((error: unknown) => console.error(error));
    }
  };
  setInterval(round, roundMs);

  return {
    accept: (questions) => {
      for (const question of questions) errands.push({ ...question, due: 0, attempts: 0 });
    },
  };
}

async function send(url: string, token: string, to: object): Promise<Reply> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ messaging_product: 'whatsapp', ...to, type: 'text', text: { body } }),
      signal: AbortSignal.timeout(10_000),
    });
    const { messages, error } = (await response.json()) as {
      readonly messages?: readonly { readonly id: string }[];
      readonly error?: { readonly code?: number };
    };
    const [first] = messages ?? [];
    return {
      status: response.status,
      ...(first && { id: first.id }),
      ...(error?.code !== undefined && { code: error.code }),
    };
  } catch {
    return { status: 0 };
  }
}
