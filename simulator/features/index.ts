/** The features, one line each, in the order in which their reactions run. */
import type { Feature } from '../core/feature.ts';

export const features: readonly Feature[] = [];
