import createClient, { type Client, type Middleware } from "openapi-fetch";
import { language } from "../words/language.ts";
import { newKey } from "./key.ts";
import { Problem, readProblem } from "./problem.ts";

const patience = 30_000;

/**
 * A client of one of our two APIs, typed by its `paths`. Every POST carries an
 * Idempotency-Key (give your own by `headers: once(key)` when a send may be repeated after a
 * reload); every refusal is thrown as a `Problem`; answers are in the language shown.
 */
export function makeClient<Paths extends object>(): Client<Paths> {
  const client = createClient<Paths>({ baseUrl: location.origin, credentials: "same-origin", fetch: reach });
  client.use(manners);
  return client;
}

const manners: Middleware = {
  onRequest({ request }) {
    request.headers.set("Accept-Language", language());
    if (request.method === "POST" && !request.headers.has("Idempotency-Key")) request.headers.set("Idempotency-Key", newKey());
    return request;
  },
  async onResponse({ response }) {
    if (response.ok) return;
    const problem = await readProblem(response);
    if (problem.status === 401 && problem.code === "sign_in_required") sessionEnded();
    throw problem;
  },
};

// A dangerous act wants the password once more; with it the same request goes again.
async function reach(request: Request): Promise<Response> {
  const again = prove && request.method !== "GET" ? request.clone() : undefined;
  const response = await dispatch(request);
  if (response.status !== 401 || !again || !prove) return response;
  const { code } = await readProblem(response.clone());
  return code === "reauthenticate" && (await prove()) ? dispatch(again) : response;
}

async function dispatch(request: Request): Promise<Response> {
  const limit = AbortSignal.timeout(patience);
  try {
    return await globalThis.fetch(request, { signal: AbortSignal.any([request.signal, limit]) });
  } catch (cause) {
    if (request.signal.aborted) throw cause;
    throw new Problem({ code: limit.aborted ? "timed_out" : "unreachable" }, 0);
  }
}

/**
 * The body of an answer: `const ticket = await take(agent.GET("/v1/…", …))`.
 * Throws Problem when the server refused or could not be reached.
 */
export async function take<T>(call: Promise<{ data?: T; response: Response }>): Promise<T> {
  const { data } = await call;
  return data as T;
}

/** The header that makes a change conditional on the version seen. */
export function ifMatch(version: number): { "If-Match": string } {
  return { "If-Match": `"v${version}"` };
}

/** The header of a send that must happen once however often it is tried. */
export function once(key: string): { "Idempotency-Key": string } {
  return { "Idempotency-Key": key };
}

let prove: (() => Promise<boolean>) | undefined;

/**
 * Who asks for the password again when the server wants it (`reauthenticate`); resolves to
 * whether it was given. Returns the way to stop asking.
 */
export function onReauthenticate(ask: () => Promise<boolean>): () => void {
  prove = ask;
  return () => {
    if (prove === ask) prove = undefined;
  };
}

const ended = new Set<() => void>();

/** Tells when the server no longer knows the session. Returns the way to stop listening. */
export function onSessionEnded(listener: () => void): () => void {
  ended.add(listener);
  return () => ended.delete(listener);
}

function sessionEnded(): void {
  for (const tell of ended) tell();
}
