import { expect, test } from "vitest";
import { when, whenNear, whenShort } from "./when.ts";

const now = new Date("2026-11-22T10:00:00Z");
const moscow = "Europe/Moscow";

test("near days have words, others dates", () => {
  expect(when("2026-11-22T09:34:00Z", now, "ru", moscow)).toBe("сегодня, 12:34");
  expect(when("2026-11-23T09:00:00Z", now, "ru", moscow)).toBe("завтра, 12:00");
  expect(when("2026-11-21T09:00:00Z", now, "en", moscow)).toBe("yesterday, 12:00");
  expect(when("2026-11-02T09:49:00Z", now, "ru", moscow)).toBe("2\u00a0ноября, 12:49");
  expect(when("2026-11-02T09:49:00Z", now, "en", moscow)).toBe("2\u00a0November, 12:49");
});

test("another year is named", () => {
  expect(when("2025-12-31T09:00:00Z", now, "ru", moscow)).toContain("2025");
});

test("the day is the reader's, not the server's", () => {
  const late = "2026-11-22T21:30:00Z";
  expect(when(late, now, "ru", moscow)).toBe("завтра, 00:30");
  expect(when(late, now, "ru", "UTC")).toBe("сегодня, 21:30");
});

test("short and near forms", () => {
  expect(whenShort("2026-11-22T09:34:00Z", now, "ru", moscow)).toBe("12:34");
  expect(whenShort("2026-11-20T09:34:00Z", now, "ru", moscow)).toMatch(/^20\u00a0нояб/);
  expect(whenNear("2026-11-22T09:34:00Z", now, "ru", moscow)).toBe("12:34");
  expect(whenNear("2026-11-21T09:34:00Z", now, "ru", moscow)).toBe("вчера, 12:34");
});
