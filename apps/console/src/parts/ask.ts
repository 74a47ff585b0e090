import { makeClient, take } from "@manydesk/kit/api/client";

type Method = "get" | "post" | "put" | "patch" | "delete";
interface Ask {
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}
type Send = (method: Method, path: string, ask: Ask) => Promise<{ data?: unknown; response: Response }>;

const send = makeClient<object>().request as unknown as Send;

/** A call of routes that are the same for several kinds of things, whose path is put together. Throws Problem when refused. */
export async function ask<T>(method: Method, path: string, what: Ask = {}): Promise<T> {
  return (await take(send(method, path, what))) as T;
}

/** The address of something of a tenant, its parts made safe. */
export function tenantPath(tenant: string, ...parts: (string | number)[]): string {
  return `/v1/tenants/${[tenant, ...parts].map((part) => encodeURIComponent(part)).join("/")}`;
}
