import type { AskedQuestion } from "@manydesk/kit/api/forms";
import { expect, test } from "vitest";
import { answerOf, answersTo, unanswered } from "./asking.ts";

const asked = (key: string, part: Partial<AskedQuestion> = {}): AskedQuestion => ({
  key,
  name: key,
  kind: "text",
  required: false,
  value: null,
  new: true,
  ...part,
});

test("what was typed stands before what the ticket says, also where it was emptied", () => {
  const question = asked("serial", { value: "A-7" });
  expect(answerOf(question, {})).toBe("A-7");
  expect(answerOf(question, { serial: "B-1" })).toBe("B-1");
  expect(answerOf(question, { serial: null })).toBe(null);
});

test("only what is asked now is sent", () => {
  expect(answersTo([asked("a"), asked("b")], { a: "1", b: null, hidden: "typed before" })).toEqual({ a: "1", b: null });
});

test("a number is sent as one, however it is typed", () => {
  const questions = [asked("n", { kind: "number" }), asked("t")];
  expect(answersTo(questions, { n: "4,5", t: "4,5" })).toEqual({ n: 4.5, t: "4,5" });
  expect(answersTo(questions, { n: "много" })).toEqual({ n: "много" });
  expect(answersTo(questions, { n: " " })).toEqual({ n: null });
});

test("a required question without an answer is told, one with a default is not", () => {
  const questions = [
    asked("a", { required: true }),
    asked("b", { required: true, value: false }),
    asked("c", { required: true, value: "x" }),
  ];
  expect(unanswered(questions, {})).toEqual(["a"]);
  expect(unanswered(questions, { a: "1", c: "" })).toEqual(["c"]);
});
