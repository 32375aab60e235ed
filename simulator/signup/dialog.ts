import { Router } from 'express';
import type { Simulator } from '../index.ts';
export function signupDialog(_simulator: Simulator): Router {
  return Router();
}
