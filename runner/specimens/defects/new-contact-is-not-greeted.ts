/**
 * Greets whoever is saved on the phone.
 *
 * Defect: a contact that is created runs the automation for new contacts.
 *
 * Of the class of https://github.com/melgarafael/DeskcommCRM/issues/999
 */
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    onContactAdded: (welcome) => welcome(),
  },
};
