import type { Person } from "@manydesk/kit/api/agent";
import type { Words } from "@manydesk/kit/api/sla";
import type { Tree } from "@manydesk/kit/conditions/tree";
import type { Named, Strategy } from "../../../parts/routing.ts";
import type { Setting } from "../drafting/setting.ts";

/** What a rule does with a ticket. */
export interface Then {
  group?: string;
  line?: number;
  person?: string;
  vendor?: string;
  priority?: number;
  tags?: string[];
  notify?: string[];
  strategy?: Strategy;
  skills?: { key: string; level: number }[];
}

export interface Rule {
  key: string;
  name: Words;
  when?: Tree;
  then: Then;
  stop: boolean;
  off?: boolean;
}

export interface Rules {
  rules: Rule[];
  default: Then;
}

/** What of the live rules names something that is gone. */
export interface RuleProblem {
  rule: string | null;
  code: string;
  detail: string;
}

export interface Routing extends Setting<Rules> {
  problems?: RuleProblem[];
  hits?: Record<string, number> | null;
}

export interface Place {
  group: Named | null;
  person: Person | null;
  vendor: { id: string; name: string } | null;
}

export interface Move {
  ref: string;
  subject: string;
  before: Place;
  after: Place;
  rule: string | null;
  mark: "expected" | "load" | "no_rule";
}

export interface GroupLoad {
  group: string;
  name: string;
  before: number;
  after: number;
  limit: number | null;
}

/** The draft tried on the last hundred tickets. */
export interface Trial {
  tickets: number;
  unchanged: number;
  changed: number;
  unruled: number;
  took_ms: number;
  hits: Record<string, number>;
  unreachable: { key: string; by: string | null; reason: string }[];
  rows: Move[];
  load: GroupLoad[];
}
