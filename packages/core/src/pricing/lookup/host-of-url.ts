/** The host of a URL in lower case, without scheme, credentials, port and path; the text itself where it is no URL. */
export function hostOf(url: string): string {
  const match = /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:]*)/i.exec(url.trim());
  return (match?.[1] ?? url).toLowerCase();
}
