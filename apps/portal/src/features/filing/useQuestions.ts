import { take } from "@manydesk/kit/api/client";
import { portal, type TypeDef } from "@manydesk/kit/api/portal";
import { useCalm } from "@manydesk/kit/api/useCalm";
import { useQuery } from "@tanstack/react-query";
import { useRef } from "react";
import { keys, useTenant } from "../../parts/portal.ts";
import { answersOf, type Question } from "./check.ts";

/**
 * The questions of a type that are asked now. Where some depend on answers the server says which, a
 * short pause after a change; until it has, and where it does not answer, those stand that were
 * asked before.
 */
export function useQuestions(type: TypeDef | undefined, typed: Record<string, unknown>): readonly Question[] {
  const path = useTenant();
  const lively = type?.fields.some((field) => field.conditional) ?? false;
  const calm = useCalm({ type: type?.key ?? "", fields: type && lively ? answersOf(typed, type.fields) : {} });
  const { data } = useQuery({
    queryKey: keys.form(calm.type, calm.fields),
    queryFn: async ({ signal }) => {
      const params = { path: { ...path, type: calm.type } };
      return (await take(portal.POST("/v1/portal/{tenant}/forms/{type}", { params, body: { fields: calm.fields }, signal }))).questions;
    },
    enabled: Boolean(type?.fields.length) && calm.type === type?.key,
    staleTime: 60_000,
    retry: false,
  });
  const last = useRef<{ type: string; questions: readonly Question[] }>(undefined);
  if (data && type && calm.type === type.key) last.current = { type: type.key, questions: data };
  if (last.current && last.current.type === type?.key) return last.current.questions;
  return type?.fields.filter((field) => !field.conditional) ?? [];
}
