import { act, renderHook, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { useUploads } from "./useUploads.ts";

/** A line that waits until the test lets it go on. */
class Line {
  static all: Line[] = [];
  upload: { onprogress: ((event: { loaded: number; total: number }) => void) | null } = { onprogress: null };
  responseType = "";
  status = 0;
  response: unknown = null;
  url = "";
  onload: (() => void) | null = null;
  onerror: (() => void) | null = null;
  onabort: (() => void) | null = null;
  open(_method: string, url: string): void {
    this.url = url;
  }
  setRequestHeader(): void {}
  send(): void {
    Line.all.push(this);
  }
  abort(): void {
    this.onabort?.();
  }
  answer(status: number, response: unknown): void {
    this.status = status;
    this.response = response;
    this.onload?.();
  }
}

let announced = 0;
beforeEach(() => {
  Line.all = [];
  announced = 0;
  vi.stubGlobal("XMLHttpRequest", Line);
  vi.stubGlobal("fetch", async () => {
    announced += 1;
    return Response.json({ id: `upl_${announced}`, offset: 0 }, { status: 201 });
  });
});
afterEach(() => void vi.unstubAllGlobals());

const file = (name: string): File => new File(["12345"], name, { type: "image/png" });
const sent = (index: number): Promise<Line> => waitFor(() => Line.all[index] ?? Promise.reject(new Error("not yet")));

test("a file goes up with its progress and leaves its id", async () => {
  const { result } = renderHook(() => useUploads("/v1/tenants/acme"));
  act(() => result.current.add([file("a.png")]));
  const line = await sent(0);
  expect(line.url).toBe("/v1/tenants/acme/uploads/upl_1/content");
  act(() => line.upload.onprogress?.({ loaded: 2, total: 5 }));
  expect(result.current.items[0]).toMatchObject({ state: "sending", progress: 0.4 });
  expect(result.current.busy).toBe(true);
  act(() => line.answer(200, { id: "upl_1", name: "a.png", mime: "image/png", size: 5 }));
  await waitFor(() => expect(result.current.ids).toEqual(["upl_1"]));
  expect(result.current.busy).toBe(false);
});

test("a refused file says why and can be tried again; a removed one is called off", async () => {
  const { result } = renderHook(() => useUploads("/v1/portal/acme"));
  act(() => result.current.add([file("a.exe"), file("b.png")]));
  const refused = await sent(0);
  const other = await sent(1);
  act(() => refused.answer(422, { code: "file_refused", title: "Файл такого вида не принимаем." }));
  await waitFor(() => expect(result.current.items[0]).toMatchObject({ state: "failed", error: { code: "file_refused" } }));
  const off = vi.spyOn(other, "abort");
  act(() => result.current.remove(result.current.items[1]?.key ?? ""));
  expect(off).toHaveBeenCalledOnce();
  expect(result.current.items).toHaveLength(1);
  act(() => result.current.retry(result.current.items[0]?.key ?? ""));
  act(() => undefined);
  (await sent(2)).answer(200, { id: "upl_3", name: "a.exe", mime: "text/plain", size: 5 });
  await waitFor(() => expect(result.current.items[0]?.state).toBe("done"));
});
