/**
 * Answers imported messages.
 *
 * Defect: what customers wrote before the number was connected is answered, months late.
 *
 * Seen in https://github.com/sarrazola/openlivery/pull/73 and https://github.com/melgarafael/DeskcommCRM/issues/999
 */
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    // Placeholders of media apart: their contents are another obligation's.
    onHistoryMessage: (message, writer, welcome) => {
      if (message.type !== 'media_placeholder') welcome(writer);
    },
  },
};
