/** The inbox as a process: conforming, or with the defect that `SPECIMEN_DEFECT` names. */
import { conduct } from './conforming/conduct.ts';
import { start } from './conforming/start.ts';
import { loadDefect } from './defect.ts';

const { SPECIMEN_DEFECT: obligation } = process.env;
start(obligation === undefined ? conduct : { ...conduct, ...(await loadDefect(obligation)).conduct });
