import type { Look } from "../look/tenant.ts";
import type { FieldDef, FileRef, Language, TypeDef } from "./agent.ts";
import { makeClient } from "./client.ts";
import type { Op, Page } from "./operation.ts";

/** The client of the clients' own API. */
export const portal = makeClient<PortalPaths>();

export type { FieldDef, FileRef, TypeDef };

export interface Site {
  tenant: {
    slug?: string;
    name: string;
    code: string;
    languages: Language[];
    look: Look & { brand: string; version: number };
    texts: { greeting?: string };
  };
  types: TypeDef[];
  sign_in: { code: boolean; password: boolean };
  language: Language;
}

export interface PortalSession {
  contact: {
    id: string;
    name: string;
    email: string;
    language: Language;
    company: string | null;
    sees: "own" | "company";
    has_password: boolean;
  };
  abilities: string[];
}

export type RequestState = "received" | "assigned" | "in_work" | "waiting" | "resolved" | "closed";

export interface Step {
  key: "received" | "assigned" | "in_work" | "resolved" | "closed";
  name: string;
  at: string | null;
}

export interface RequestRow {
  ref: string;
  number: number;
  subject: string;
  state: RequestState;
  sentence: string;
  step: 1 | 2 | 3 | 4 | 5;
  steps: Step[];
  waiting: { question: string; from: string; until: string | null } | null;
  updated_at: string;
  created_at: string;
  rating: number | null;
  abilities: string[];
}

export interface RequestPage extends RequestRow {
  text: string;
  type: { key: string; name: string };
  fields: { key: string; name: string; value: unknown }[];
  thread: ThreadEntry[];
  who: string | null;
  version: number;
  can_reopen_until: string | null;
  rating_form: { score: number | null; reasons: string[]; comment: string | null; editable_until: string | null } | null;
}

export interface ThreadEntry {
  seq: number;
  at: string;
  kind: "mine" | "theirs" | "colleague" | "event";
  author: { name: string; initials: string } | null;
  html?: string;
  text?: string;
  event?: string;
  files: FileRef[];
}

export interface Home {
  greeting: string;
  waiting: RequestRow[];
  counts: { in_work: number; resolved: number; all: number };
  requests: RequestRow[];
  to_rate: RequestRow[];
  company_open: number | null;
  support: { open: boolean | null; text: string };
}

type T = { tenant: string };
type N = T & { number: number };
type Filter = { state?: "in_work" | "resolved" | "all"; cursor?: string };
type Rating = { score: number; reasons?: string[]; comment?: string };
type SignIn = { email: string; code: string } | { token: string } | { email: string; password: string };

export interface PortalPaths {
  "/v1/portal/{tenant}/site": { get: Op<Site, { path: T }> };
  "/v1/portal/{tenant}/session/codes": { post: Op<void, { path: T; body: { email: string } }> };
  "/v1/portal/{tenant}/session": {
    get: Op<PortalSession, { path: T }>;
    post: Op<PortalSession, { path: T; body: SignIn }>;
    delete: Op<void, { path: T }>;
  };
  "/v1/portal/{tenant}/me": {
    patch: Op<PortalSession, { path: T; body: { language?: Language; name?: string; time_zone?: string } }>;
  };
  "/v1/portal/{tenant}/me/password": { put: Op<void, { path: T; body: { current?: string; new: string } }> };
  "/v1/portal/{tenant}/home": { get: Op<Home, { path: T }> };
  "/v1/portal/{tenant}/requests": {
    get: Op<Page<RequestRow>, { path: T; query: Filter }>;
    post: Op<
      { ref: string; number: number; what_next: string[] },
      { path: T; body: { subject: string; text: string; type?: string; fields?: Record<string, unknown>; uploads?: string[] } }
    >;
  };
  "/v1/portal/{tenant}/company-requests": { get: Op<Page<RequestRow>, { path: T; query: Filter }> };
  "/v1/portal/{tenant}/requests/{number}": { get: Op<RequestPage, { path: N }> };
  "/v1/portal/{tenant}/requests/{number}/comments": {
    post: Op<ThreadEntry, { path: N; body: { text: string; uploads?: string[] } }>;
  };
  "/v1/portal/{tenant}/requests/{number}/confirmation": { put: Op<RequestPage, { path: N }> };
  "/v1/portal/{tenant}/requests/{number}/reopening": { put: Op<RequestPage, { path: N; body: { text?: string } }> };
  "/v1/portal/{tenant}/requests/{number}/rating": { put: Op<RequestPage, { path: N; body: Rating }> };
  "/v1/portal/{tenant}/ratings/{token}": {
    get: Op<{ ref: string; subject: string; score: number | null; name: string }, { path: T & { token: string } }>;
    post: Op<{ score: number }, { path: T & { token: string }; body: Rating }>;
  };
}
