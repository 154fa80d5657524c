import type { IncomingMessage } from 'node:http';
import { asObject, type JsonObject } from '../sim-request.ts';

/** A body as a JSON object; the files of a form become `{ name, size }`. Undefined for what cannot be read as either, or not to its end. */
export async function readBody(message: IncomingMessage): Promise<JsonObject | undefined> {
  const chunks: Buffer[] = [];
  const type = message.headers['content-type'] ?? '';
  try {
    for await (const chunk of message) chunks.push(chunk as Buffer);
    const bytes = Buffer.concat(chunks);
    if (type.startsWith('multipart/form-data')) return await readForm(bytes, type);
    return bytes.length === 0 ? {} : asObject(JSON.parse(bytes.toString()));
  } catch {
    return undefined;
  }
}

async function readForm(bytes: Buffer<ArrayBuffer>, type: string): Promise<JsonObject> {
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData();
  const fields = [...form].map(([name, value]): [string, unknown] => {
    if (typeof value !== 'string') return [name, { name: value.name, size: value.size }];
    return [name, value === 'true' ? true : value];
  });
  return Object.fromEntries(fields);
}
