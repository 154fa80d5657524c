import { asText } from '../loose.ts';
import type { Part } from './message.ts';
import type { Room } from './room.ts';

/** The kinds of media that the conventions tell apart. */
export type Modality = 'image' | 'audio' | 'video' | 'document';

const DATA_URI = /^data:([^;,]{0,128})[^,]{0,256},/;

/** Whether a text is media itself, not its address. */
export function isDataUri(text: string): boolean {
  return text.startsWith('data:') && DATA_URI.test(text);
}

/** Media by its URL: the address, or what is known of the bytes where the URL holds them. */
export function mediaAt(url: unknown, modality: Modality, room: Room): Part {
  const text = asText(url) ?? '';
  const data = text.startsWith('data:') ? DATA_URI.exec(text) : null;
  if (data !== null) return blob(modality, data[1], text.slice(data[0].length));
  return { type: 'uri', modality, uri: room.text(withoutSecrets(text)) };
}

/** Media in a message: of its bytes only their number is told. */
export function blob(modality: Modality, mimeType: unknown, base64: unknown): Part {
  const mime = asText(mimeType);
  return {
    type: 'blob',
    modality,
    ...(mime !== undefined && mime !== '' && { mime_type: mime }),
    content: '',
    ...(typeof base64 === 'string' && { omitted_bytes: bytesOf(base64) }),
  };
}

/** Media that the provider keeps. */
export function storedFile(modality: Modality, id: unknown, room: Room): Part {
  return { type: 'file', modality, file_id: room.text(asText(id) ?? '') };
}

/** Signed addresses open what they point to: query, fragment and password stay out. */
function withoutSecrets(url: string): string {
  const end = url.search(/[?#]/);
  return (end === -1 ? url : url.slice(0, end)).replace(/^([\w+.-]{1,32}:\/\/)[^/@]*@/, '$1');
}

function bytesOf(base64: string): number {
  const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0;
  return Math.floor((base64.length * 3) / 4) - padding;
}
