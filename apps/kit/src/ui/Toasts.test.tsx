import { act, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { close, toast } from "../look/toast.ts";
import { show } from "../testing/show.tsx";
import { Toasts } from "./Toasts.tsx";

beforeEach(() => void vi.useFakeTimers({ shouldAdvanceTime: true }));
afterEach(() => {
  for (let id = 0; id < 50; id += 1) close(id);
  vi.useRealTimers();
});

test("a toast goes by itself, one with an undo stays longer, a bad one stays", () => {
  show(<Toasts />);
  act(() => {
    toast({ text: "Сохранено." });
    toast({ text: "Отложено.", undo: { run: () => {} } });
    toast({ text: "Не отправлено.", kind: "bad" });
  });
  const shown = () => screen.queryAllByText(/Сохранено|Отложено|Не отправлено/).map((node) => node.textContent);
  act(() => void vi.advanceTimersByTime(6000));
  expect(shown()).toEqual(["Отложено.", "Не отправлено."]);
  act(() => void vi.advanceTimersByTime(60_000));
  expect(shown()).toEqual(["Не отправлено."]);
  expect(within(screen.getByRole("alert")).getByText("Не отправлено.")).toBeTruthy();
});

test("undo runs once and takes the toast away; a newer one of the same key replaces it", () => {
  const run = vi.fn();
  show(<Toasts />);
  act(() => void toast({ text: "Отправляем.", key: "send" }));
  act(() => void toast({ text: "Отправлено.", key: "send", undo: { run } }));
  expect(screen.queryByText("Отправляем.")).toBeNull();
  act(() => screen.getByRole("button", { name: "Отменить" }).click());
  expect(run).toHaveBeenCalledOnce();
  expect(screen.queryByText("Отправлено.")).toBeNull();
});
