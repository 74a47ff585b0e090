/** One field that the server refused. `pointer` is `/body/subject`, `/query/limit` and the like. */
export interface FieldError {
  pointer: string;
  code: string;
  detail: string;
  params?: Record<string, unknown>;
}

/**
 * An answer that says no. `title` and `detail` are sentences in the person's language and may
 * be shown as they are; `code` is for decisions; `extra` holds what only this code brings
 * (`arrived`, `challenge`, `current`). `unreachable` and `timed_out` with status 0 are our own
 * for a server that did not answer.
 */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string | undefined;
  readonly errors: FieldError[];
  readonly requestId: string | undefined;
  readonly retryAfter: number | undefined;
  readonly extra: Record<string, unknown>;

  constructor(body: Partial<ProblemBody>, status: number, retryAfter?: number) {
    const { type: _type, title, status: _status, code, detail, request_id, errors, ...extra } = body;
    super(detail ?? title ?? code ?? `HTTP ${status}`);
    this.status = status;
    this.code = code ?? "internal";
    this.title = title ?? "";
    this.detail = detail;
    this.errors = errors ?? [];
    this.requestId = request_id;
    this.retryAfter = retryAfter;
    this.extra = extra;
  }

  /** The sentence to show beside a field of the body: `problem.field("subject")`. */
  field(name: string): string | undefined {
    return this.errors.find((e) => e.pointer === `/body/${name}`)?.detail;
  }
}

export interface ProblemBody {
  type: string;
  title: string;
  status: number;
  code: string;
  detail?: string;
  request_id: string;
  errors?: FieldError[];
  [extra: string]: unknown;
}

export function isProblem(error: unknown, code?: string): error is Problem {
  return error instanceof Problem && (code === undefined || error.code === code);
}

/** Reads a refusal, also one that is not a problem document (a proxy's page, an empty body). */
export async function readProblem(response: Response): Promise<Problem> {
  const wait = Number(response.headers.get("Retry-After"));
  const retryAfter = Number.isFinite(wait) && wait > 0 ? wait : undefined;
  const type = response.headers.get("Content-Type") ?? "";
  let body: Partial<ProblemBody> = {};
  if (type.includes("json")) body = (await response.json().catch(() => ({}))) as Partial<ProblemBody>;
  return new Problem({ request_id: response.headers.get("X-Request-Id") ?? undefined, ...body }, response.status, retryAfter);
}
