/** Files: `POST /{phone-number-id}/media`, the media node, and the address it gives. */
import { edge, type Feature, type GraphBytes } from '../../core/feature.ts';
import type { MediaId } from '../../core/identifiers.ts';
import { mediaCommands, type MediaDescription } from './decide.ts';
import type { DeleteMedia, DownloadMedia, ReadMedia, UploadMedia } from './events.ts';
import { mediaEvolves } from './evolve.ts';
import { parseDelete, parseDownload, parseRead, parseUpload, renderMedia } from './wire.ts';

const permission = 'whatsapp_business_messaging';

export const mediaFeature: Feature = {
  name: 'media',
  edges: [
    edge<UploadMedia, MediaId>({
      method: 'POST',
      node: 'phone-number',
      edge: 'media',
      contract: 'media',
      permission,
      parse: parseUpload,
      render: (id) => ({ id }),
    }),
    edge<ReadMedia, MediaDescription>({
      method: 'GET',
      node: 'media',
      edge: '',
      contract: 'media-node',
      permission,
      parse: parseRead,
      render: renderMedia,
    }),
    edge<DeleteMedia, true>({
      method: 'DELETE',
      node: 'media',
      edge: '',
      contract: 'media-node',
      permission,
      parse: parseDelete,
      render: () => ({ success: true }),
    }),
    edge<DownloadMedia, GraphBytes>({
      method: 'GET',
      node: 'root',
      edge: 'whatsapp_business/attachments',
      contract: 'media-node',
      permission,
      parse: parseDownload,
      render: (file) => file,
    }),
  ],
  commands: mediaCommands,
  evolve: mediaEvolves,
};
