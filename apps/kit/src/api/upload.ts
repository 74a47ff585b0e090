import { language } from "../words/language.ts";
import { newKey } from "./key.ts";
import { Problem, type ProblemBody, readProblem } from "./problem.ts";

export interface Uploaded {
  id: string;
  name: string;
  mime: string;
  size: number;
}

export interface UploadOptions {
  /** Where uploads live: `/v1/tenants/acme` or `/v1/portal/acme`. */
  base: string;
  /** Share sent so far, 0 to 1. */
  onProgress?: (share: number) => void;
  signal?: AbortSignal;
}

/**
 * Sends one file: announces it, then its bytes as they are. Throws Problem (`file_refused`,
 * `too_large`, `unreachable`), or the signal's reason when it was called off.
 */
export async function upload(file: File, options: UploadOptions): Promise<Uploaded> {
  const announced = await fetch(`${options.base}/uploads`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "Accept-Language": language(), "Idempotency-Key": newKey() },
    body: JSON.stringify({ name: file.name, size: file.size }),
    signal: options.signal,
  });
  if (!announced.ok) throw await readProblem(announced);
  const { id } = (await announced.json()) as { id: string };
  return put(`${options.base}/uploads/${id}/content`, file, options);
}

// XMLHttpRequest, because fetch cannot tell how much of a body has gone.
function put(url: string, file: File, { onProgress, signal }: UploadOptions): Promise<Uploaded> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("PUT", url);
    request.responseType = "json";
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.setRequestHeader("Accept-Language", language());
    request.upload.onprogress = (event) => onProgress?.(event.total > 0 ? event.loaded / event.total : 0);
    request.onload = () => {
      if (request.status < 300) resolve(request.response as Uploaded);
      else reject(new Problem((request.response ?? {}) as Partial<ProblemBody>, request.status));
    };
    request.onerror = () => reject(new Problem({ code: "unreachable" }, 0));
    request.onabort = () => reject(signal?.reason ?? new DOMException("called off", "AbortError"));
    signal?.addEventListener("abort", () => request.abort(), { once: true });
    request.send(file);
  });
}
