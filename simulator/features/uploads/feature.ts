/** Resumable uploads: `POST /{app-id}/uploads`, then `POST` and `GET` of the session that it opened. */
import { commands, edge, type Feature, type GraphRequest } from '../../core/feature.ts';
import type { AppId } from '../../core/identifiers.ts';
import { textOf } from '../../core/wire-values.ts';
import { continueUpload, readUpload, startUpload, type Continued } from './decide.ts';
import type { ContinueUpload, ReadUpload, StartUpload, Upload, UploadCommand } from './events.ts';
import { evolve } from './state.ts';

const parseStart = ({ nodeId, params, token }: GraphRequest): StartUpload => ({
  type: 'start-upload',
  ...(nodeId !== '' && { appId: nodeId as AppId }),
  token,
  fileName: textOf(params['file_name']) ?? '',
  mimeType: textOf(params['file_type']) ?? '',
  length: Number(textOf(params['file_length'])),
});

const parseContinue = ({ nodeId, params, files }: GraphRequest): ContinueUpload => ({
  type: 'continue-upload',
  sessionId: nodeId,
  offset: Number(textOf(params['file_offset'])),
  bytes: files?.['file']?.bytes.length ?? 0,
});

const start = { method: 'POST', contract: 'uploads', permission: 'app' } as const;
const session = { node: 'upload', edge: '', contract: 'upload', permission: 'app' } as const;
const startEdge = {
  ...start,
  parse: parseStart,
  render: ({ id }: { readonly id: string }) => ({ id }),
};

export const uploadsFeature: Feature = {
  name: 'uploads',
  edges: [
    edge<StartUpload, { readonly id: string }>({ ...startEdge, node: 'app', edge: 'uploads' }),
    // The word stands for the app that the token is of, as in Meta's Postman collection.
    edge<StartUpload, { readonly id: string }>({ ...startEdge, node: 'root', edge: 'app/uploads' }),
    edge<ContinueUpload, Continued>({
      ...session,
      method: 'POST',
      parse: parseContinue,
      render: ({ handle }) => (handle === undefined ? {} : { h: handle }),
    }),
    edge<ReadUpload, Upload>({
      ...session,
      method: 'GET',
      parse: ({ nodeId }) => ({ type: 'read-upload', sessionId: nodeId }),
      render: ({ id, offset }) => ({ id, file_offset: offset }),
    }),
  ],
  commands: commands<UploadCommand>({
    'start-upload': startUpload,
    'continue-upload': continueUpload,
    'read-upload': readUpload,
  }),
  evolve,
};
