/** An inbox with a bot, as a careful engineer would write it from Meta's documentation. */
import { conduct } from './conduct.ts';
import { start } from './start.ts';

start(conduct);
