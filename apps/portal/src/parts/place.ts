/** The tenant of a portal's address: the first label of its host. */
export function slugOf(host: string): string {
  return host.split(".")[0] ?? "";
}

/** The number in a reference: 2231 from «ЛИС-2231»; 0 when there is none. */
export function numberOf(ref: string): number {
  const found = /(\d+)$/.exec(ref);
  return found ? Number(found[1]) : 0;
}

/** Where to go after signing in: only a page of this very site. */
export function innerPath(wanted: string | null | undefined): string {
  if (!wanted?.startsWith("/") || /^\/[/\\]/.test(wanted) || wanted.startsWith("/sign-in")) return "/";
  return wanted;
}

/** The part of an address that names a request. */
export function requestPath(ref: string): string {
  return `/requests/${encodeURIComponent(ref)}`;
}
