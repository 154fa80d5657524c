/** Where a request goes. `host` carries the port where it is not the scheme's own. */
export interface Address {
  host: string;
  url: string;
  hostname: string;
  port: number | undefined;
}

const parsed = new Map<string, Address | undefined>();
const MAX_REMEMBERED = 256;

function parse(url: string): Address | undefined {
  if (!URL.canParse(url)) return undefined;
  const { host, hostname, port, protocol } = new URL(url);
  const implied = protocol === 'https:' ? 443 : protocol === 'http:' ? 80 : undefined;
  return { host, url, hostname, port: port === '' ? implied : Number(port) };
}

/** The address behind a client's base URL, or behind a path that is a whole URL. Parsed once per base URL. */
export function addressOf(baseUrl: unknown, path: string | undefined): Address | undefined {
  const url = path !== undefined && /^https?:/.test(path) ? path : baseUrl;
  if (typeof url !== 'string') return undefined;
  if (!parsed.has(url)) {
    if (parsed.size >= MAX_REMEMBERED) parsed.clear();
    parsed.set(url, parse(url));
  }
  return parsed.get(url);
}
