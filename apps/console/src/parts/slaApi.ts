import { makeClient, take } from "@manydesk/kit/api/client";
import type { SlaWhy } from "@manydesk/kit/api/sla";

type Method = "get" | "post" | "put" | "patch" | "delete";
interface Ask {
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}
type Send = (method: Method, path: string, ask: Ask) => Promise<{ data?: unknown; response: Response }>;

const send = makeClient<object>().request as unknown as Send;

/** One call of the clock's routes, with the manners of the client: throws Problem when refused. */
export async function ask<T>(method: Method, path: string, what: Ask = {}): Promise<T> {
  return (await take(send(method, path, what))) as T;
}

const at = (tenant: string) => `/v1/tenants/${encodeURIComponent(tenant)}`;

/** Why the deadlines of a ticket are what they are. Problem `not_found` for one without promises. */
export function readWhy(tenant: string, number: number, signal?: AbortSignal): Promise<SlaWhy> {
  return ask("get", `${at(tenant)}/tickets/${number}/sla-why`, { signal });
}
