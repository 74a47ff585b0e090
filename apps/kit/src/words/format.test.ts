import { expect, test } from "vitest";
import { formats } from "./format.ts";

const ru = formats("ru");
const en = formats("en");
const moscow = "Europe/Moscow";
const noon = "2026-11-23T09:30:00.000Z";
const plain = (text: string): string => text.replaceAll("\u00a0", " ");

test("dates as people in each language write them", () => {
  expect(plain(ru.dateTime(noon, moscow))).toBe("23 нояб. 2026 г., 12:30");
  expect(plain(en.dateTime(noon, moscow))).toBe("23 Nov 2026, 12:30");
  expect(ru.time(noon, moscow)).toBe("12:30");
});

test("lists say the year only when it is not this one", () => {
  const now = new Date("2026-12-01T00:00:00Z");
  expect(plain(ru.moment(noon, now, moscow))).toBe("23 нояб., 12:30");
  expect(plain(ru.moment(noon, new Date("2027-02-01T00:00:00Z"), moscow))).toBe("23 нояб. 2026 г., 12:30");
});

test("today and yesterday", () => {
  expect(ru.recent(noon, new Date("2026-11-23T20:00:00Z"), moscow)).toBe("12:30");
  expect(ru.recent(noon, new Date("2026-11-24T20:00:00Z"), moscow)).toBe("вчера, 12:30");
  expect(plain(en.recent(noon, new Date("2026-11-26T20:00:00Z"), moscow))).toBe("23 Nov, 12:30");
});

test("a deadline where there is little room: time, weekday, date", () => {
  expect(ru.brief(noon, new Date("2026-11-23T06:00:00Z"), moscow)).toBe("12:30");
  expect(plain(ru.brief(noon, new Date("2026-11-21T06:00:00Z"), moscow))).toBe("пн 12:30");
  expect(plain(en.brief(noon, new Date("2026-11-21T06:00:00Z"), moscow))).toBe("Mon 12:30");
  expect(plain(ru.brief(noon, new Date("2026-11-02T06:00:00Z"), moscow))).toBe("23 нояб.");
});

test("ages and durations", () => {
  const now = new Date("2026-11-23T09:49:30Z");
  expect(plain(ru.age(noon, now))).toBe("19 мин");
  expect(ru.age(noon, new Date("2026-11-23T09:30:20Z"))).toBe("только что");
  expect(plain(ru.duration(9300))).toBe("2 ч 35 мин");
  expect(plain(ru.duration(2400, { working: true }))).toBe("40 мин раб.");
  expect(plain(ru.duration(-240))).toBe("−4 мин");
  expect(plain(ru.duration(0))).toBe("0 мин");
  expect(plain(en.duration(90_000))).toBe("1 d 1 h");
});

test("numbers and sizes", () => {
  expect(plain(ru.number(1284))).toBe("1 284");
  expect(ru.number(4.6)).toBe("4,6");
  expect(ru.number(-4)).toBe("−4");
  expect(plain(ru.percent(0.961, 1))).toBe("96,1 %");
  expect(plain(ru.fileSize(86_000))).toBe("84 КБ");
  expect(plain(en.fileSize(3_400_000))).toBe("3.2 MB");
  expect(plain(ru.fileSize(120))).toBe("120 Б");
});
