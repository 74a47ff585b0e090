import { agent, type FieldDef } from "@manydesk/kit/api/agent";
import { take } from "@manydesk/kit/api/client";
import type { AskedQuestion, AskForm } from "@manydesk/kit/api/forms";
import { useCalm } from "@manydesk/kit/api/useCalm";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { useRef } from "react";
import { cacheKeys } from "./cacheKeys.ts";

/** Which questions the form of a type asks now, by everything that was filled in so far. */
export function formQuery(tenant: string, type: string, body: AskForm) {
  return queryOptions({
    queryKey: [...cacheKeys.tenant(tenant), "form", type, body],
    queryFn: async ({ signal }) => {
      const path = { tenant, type };
      const { questions } = await take(agent.POST("/v1/tenants/{tenant}/forms/{type}", { params: { path }, body, signal }));
      return questions;
    },
    staleTime: 15_000,
    retry: false,
  });
}

interface Asking {
  tenant: string;
  type: string | undefined;
  /** The form as far as it is known without asking; what is asked of every ticket is shown at once. */
  fields: readonly FieldDef[];
  body: AskForm;
}

/**
 * The questions that are asked now. The server says which, a short pause after a change; until it
 * has, and where it does not answer, those stand that were asked before. Ready once it has said
 * something of this form, or that it cannot.
 */
export function useAsked({ tenant, type, fields, body }: Asking): { questions: readonly AskedQuestion[]; ready: boolean } {
  // A form that asks everybody the same is asked for once.
  const lively = body.draft || fields.some((field) => field.conditional);
  const wanted = lively ? { ...body, fields: body.fields && asSent(fields, body.fields) } : { ticket: body.ticket };
  const calm = useCalm({ type, body: wanted });
  const query = useQuery({ ...formQuery(tenant, calm.type ?? "", calm.body), enabled: Boolean(calm.type) });
  const last = useRef<{ type: string | undefined; questions: readonly AskedQuestion[] }>(undefined);
  if (query.data && calm.type === type) last.current = { type, questions: query.data };
  const known = last.current?.type === type ? last.current?.questions : undefined;
  const questions = known ?? fields.filter((field) => !field.conditional).map((field) => ({ ...field, value: null, new: true }));
  return { questions, ready: known !== undefined || query.isError };
}

/** The answer that a question shows: what was typed, else what the ticket or the default says. */
export function answerOf(question: AskedQuestion, typed: Readonly<Record<string, unknown>>): unknown {
  const value = typed[question.key];
  return value === undefined ? question.value : value;
}

/** What was typed, as far as it is asked now, as the server takes it. */
export function answersTo(questions: readonly AskedQuestion[], typed: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return asSent(questions, Object.fromEntries(questions.flatMap(({ key }) => (typed[key] === undefined ? [] : [[key, typed[key]]]))));
}

/** Numbers as numbers: «4,5» is one. What is none goes as it is, and the server says so. */
function asSent(fields: readonly FieldDef[], typed: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const numbers = new Set(fields.filter((field) => field.kind === "number").map((field) => field.key));
  const sent = (key: string, value: unknown): unknown => {
    if (!numbers.has(key) || typeof value !== "string") return value;
    const number = Number(value.trim().replace(",", "."));
    return value.trim() === "" ? null : Number.isFinite(number) ? number : value;
  };
  return Object.fromEntries(Object.entries(typed).map(([key, value]) => [key, sent(key, value)]));
}

/** The required questions that have no answer yet. */
export function unanswered(questions: readonly AskedQuestion[], typed: Readonly<Record<string, unknown>>): string[] {
  return questions.filter((one) => one.required && isEmpty(answerOf(one, typed))).map((one) => one.key);
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === "";
}
