/** `official_business_account` as JSON. @see Meta: OpenAPI v23.0 (documented; `NOT_STARTED` is assumed) */
import type { GraphRequest } from '../../core/feature.ts';
import type { PhoneNumberId } from '../../core/identifiers.ts';
import type { JsonObject } from '../../core/json.ts';
import type { OfficialAccount } from './decide.ts';
import type { ApplicationAction, ApplyForOfficial, OfficialStatus } from './events.ts';

const actions: readonly ApplicationAction[] = [
  'SUBMIT_APPLICATION',
  'WITHDRAW_APPLICATION',
  'RESUBMIT_APPLICATION',
];

/** The contract's schema has let only the three actions through. */
export const parseApplication = (request: GraphRequest): ApplyForOfficial => ({
  type: 'apply-for-official',
  phoneNumberId: request.nodeId as PhoneNumberId,
  action: actions.find((action) => action === request.params['action']) ?? 'SUBMIT_APPLICATION',
});

const messages: Readonly<Record<OfficialStatus, string>> = {
  NOT_STARTED: 'No Official Business Account application has been submitted',
  PENDING: 'Your Official Business Account application is under review',
  CANCELLED: 'Official Business Account application has been cancelled',
};

export const renderStatus = ({ id, status }: OfficialAccount): JsonObject => ({
  oba_status: status,
  status_message: messages[status],
  id,
});

export const renderApplied = (account: OfficialAccount): JsonObject => ({
  success: true,
  message: `Official Business Account application ${account.status === 'PENDING' ? 'submitted' : 'withdrawn'} successfully`,
  updated_status: renderStatus(account),
});
