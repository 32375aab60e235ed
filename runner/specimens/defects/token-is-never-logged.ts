/**
 * Writes tokens into its log.
 *
 * Defect: each send is logged with its headers, for the time being.
 *
 * Of the class of debug lines that stayed.
 */
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    onSend: (customer, token) => {
      console.log(`POST ${customer.phoneNumberId}/messages authorization: Bearer ${token}`);
    },
  },
};
