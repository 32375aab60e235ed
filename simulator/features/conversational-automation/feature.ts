/** `conversational_automation`: greetings of a number; its node shows them. */
import { accept, refuse, type Decision } from '../../core/decision.ts';
import { commands, edge, evolves, type Feature } from '../../core/feature.ts';
import type { PhoneNumberId } from '../../core/identifiers.ts';
import { isRefusal, seenNumber } from '../../core/refusals.ts';
import { listOf, truthOf } from '../../core/wire-values.ts';
import type { ReadonlyWorld } from '../../core/world.ts';
import { automations, type AutomationConfigured, type ConfigureAutomation } from './events.ts';

function configure(world: ReadonlyWorld, command: ConfigureAutomation): Decision<undefined> {
  const number = seenNumber(world, command.phoneNumberId, 'post');
  if (isRefusal(number)) return refuse(number);
  const configured: AutomationConfigured = {
    type: 'automation-configured',
    phoneNumberId: number.id,
    change: command.change,
  };
  return accept([configured], undefined);
}

export const conversationalAutomationFeature: Feature = {
  name: 'conversational-automation',
  edges: [
    edge<ConfigureAutomation, undefined>({
      method: 'POST',
      node: 'phone-number',
      edge: 'conversational_automation',
      contract: 'conversational-automation',
      permission: 'whatsapp_business_management',
      parse: ({ nodeId, params }) => {
        const welcome = truthOf(params['enable_welcome_message']);
        const prompts = listOf(params['prompts']);
        const known = listOf(params['commands']);
        return {
          type: 'configure-automation',
          phoneNumberId: nodeId as PhoneNumberId,
          change: {
            ...(welcome !== undefined && { enable_welcome_message: welcome }),
            ...(prompts && { prompts }),
            ...(known && { commands: known }),
          },
        };
      },
      render: () => ({ success: true }),
    }),
  ],
  commands: commands<ConfigureAutomation>({ 'configure-automation': configure }),
  evolve: evolves<AutomationConfigured>({
    'automation-configured': (world, { phoneNumberId, change }) => {
      const all = automations.in(world);
      all.set(phoneNumberId, {
        enable_welcome_message: false,
        prompts: [],
        commands: [],
        ...all.get(phoneNumberId),
        ...change,
      });
    },
  }),
};
