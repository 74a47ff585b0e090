import type { Look } from "../look/tenant.ts";
import type { AgentPaths } from "./agent.paths.ts";
import { makeClient } from "./client.ts";

/** The client of the agents' API. */
export const agent = makeClient<AgentPaths>();

export type Language = "ru" | "en";
export type Channel = "mail" | "portal" | "phone" | "api" | "form";
export type Category = "open" | "in_progress" | "pending" | "resolved" | "closed";
export type Priority = 1 | 2 | 3 | 4;

export interface Person {
  id: string;
  name: string;
  kind: "staff" | "contact" | "system";
  initials: string;
}

export interface TenantLook extends Look {
  brand: string;
  version: number;
}

export interface Tenant {
  slug: string;
  name: string;
  code: string;
  state: "active" | "read_only" | "suspended";
  languages: Language[];
  time_zone: string;
  look: TenantLook;
  portal_url: string;
}

export type TenantRef = Pick<Tenant, "slug" | "name" | "code" | "look">;

export interface MyTenant extends Tenant {
  pin: number | null;
  roles: string[];
  provider: { slug: string; name: string } | null;
  abilities: string[];
  counts: { open: number; at_risk: number; mine: number };
}

export interface Preferences {
  theme?: "light" | "dark" | "system";
  density?: "comfort" | "compact";
  single_keys?: boolean;
  keymap?: Record<string, string>;
}

export interface Me {
  id: string;
  email: string;
  name: string;
  language: Language;
  time_zone: string;
  totp: boolean;
  prefs: Preferences;
  version: number;
}

export interface Session {
  user: Me;
  tenants: MyTenant[];
  installation: { owner: boolean; needs_setup: boolean };
}

export interface Status {
  key: string;
  name: string;
  category: Category;
}

export interface Row {
  tenant: string;
  ref: string;
  number: number;
  version: number;
  subject: string;
  type: string;
  status: Status;
  priority: Priority;
  assignee: Person | null;
  company: string | null;
  contact: string | null;
  channel: Channel;
  is_new: boolean;
  client_waits: boolean;
  waiting_since: string | null;
  due_at: string | null;
  due_kind: string | null;
  resume_at: string | null;
  updated_at: string;
  preview?: string;
  abilities: string[];
}

export type View = "urgent" | "mine" | "unassigned" | "waiting_client" | "all";

export interface Counts {
  views: Record<View, number>;
  tenants: { slug: string; open: number; at_risk: number }[];
}

export interface FieldDef {
  key: string;
  name: string;
  kind: "text" | "longtext" | "number" | "choice" | "date" | "boolean";
  required: boolean;
  choices?: { key: string; name: string }[];
  hint?: string;
}

export interface TypeDef {
  key: string;
  name: string;
  public: boolean;
  fields: FieldDef[];
}

export interface Workflow {
  statuses: (Status & { comment_required: boolean })[];
  transitions: Record<string, string[]>;
}

export interface Brief {
  greeting: string;
  tone: string;
  do: string[];
  dont: string[];
  escalation: { name: string; phone: string; when: string }[];
  changed_at: string;
}

export interface TenantDesk extends Tenant {
  abilities: string[];
  settings: { types: TypeDef[]; workflow: Workflow; groups: { key: string; name: string }[]; sender: Address };
  brief: Brief | null;
}

export interface Address {
  address: string;
  name: string;
}

export interface FileRef {
  id: string;
  name: string;
  mime: string;
  size: number;
  inline: boolean;
  url: string;
  refused?: string | null;
}

export interface Entry {
  seq: number;
  at: string;
  kind: "comment" | "note" | "event";
  public: boolean;
  author: Person;
  channel?: Channel;
  html?: string;
  text?: string;
  quoted?: string | null;
  files?: FileRef[];
  state?: "held" | "queued" | "sent" | "delivered" | "failed" | "bounced" | null;
  held_until?: string | null;
  to?: Address[];
  original_url?: string | null;
  event?: TimelineEvent;
  abilities?: string[];
}

export interface TimelineEvent {
  type: string;
  changes?: { field: string; from: unknown; to: unknown; from_name?: string; to_name?: string }[];
  comment?: string;
  until?: string | null;
  rule?: string | null;
}

export interface Ticket extends Row {
  created_at: string;
  contact_card: ContactCard | null;
  fields: { key: string; name: string; value: unknown }[];
  type_def: TypeDef;
  tags: string[];
  group: { key: string; name: string } | null;
  reopened: number;
  rating: { score: number; comment: string | null; at: string } | null;
  merged_into: string | null;
  first_replied_at: string | null;
  resolved_at: string | null;
  closed_at: string | null;
  transitions: { to: Status; comment_required: boolean; until_required: boolean }[];
  sender: Address;
  to: { contact: string; name: string; address: string } | null;
  followers: Person[];
  problems: { kind: "send_failed" | "bounced"; text: string; at: string; comment: number }[];
  seen: number;
  first_unread: number | null;
  timeline?: { items: Entry[]; next: string | null };
}

export interface ContactCard {
  id: string;
  name: string;
  email: string | null;
  phone: string | null;
  company: string | null;
  language: Language;
  time_zone: string | null;
  tickets: number;
}

export interface Contact {
  id: string;
  name: string;
  email: string | null;
  phone: string | null;
  company: string | null;
  language: Language;
  tickets: number;
  version: number;
}

export interface Member {
  id: string;
  name: string;
  email: string;
  roles: { key: string; name: string }[];
  groups: { key: string; name: string }[];
  provider: { slug: string; name: string } | null;
  active: boolean;
  last_seen_at: string | null;
  totp: boolean;
  abilities: string[];
  version: number;
}

export interface Invitation {
  id: string;
  email: string;
  roles: string[];
  created_at: string;
  expires_at: string;
}

export interface Role {
  key: string;
  name: { ru?: string; en?: string };
  builtin: boolean;
  permissions: { permission: string; types: string[] | "*" }[];
  members: number;
  version: number;
}

export interface BrandDraft {
  name: string;
  brand: string;
  portal_name: string;
  texts: { greeting?: { ru?: string; en?: string } };
  logo_url: string | null;
  accents: { light: Look["light"]; dark: Look["dark"] };
  guard: { changed: boolean; messages: string[] };
  version: number;
}

export interface Engagement {
  id: string;
  provider: { slug: string; name: string };
  tenant: TenantRef;
  state: "offered" | "active" | "ended" | "refused";
  offered_by: string;
  roles: string[];
  types: string[] | null;
  starts_at: string | null;
  ends_at: string | null;
  accepted_at: string | null;
  ended_at: string | null;
  people: Person[];
  abilities: string[];
  version: number;
}

export interface AuditLine {
  at: string;
  actor: Person;
  provider: { slug: string; name: string } | null;
  what: string;
  subject: string;
  changes: { field: string; from: unknown; to: unknown }[];
}

export interface MailMessage {
  id: string;
  at: string;
  direction: "in" | "out";
  state: string;
  from: string;
  to: string[];
  subject: string;
  reason: string | null;
  ticket: string | null;
  tries: number;
  abilities: string[];
}

export interface ApiKey {
  id: string;
  name: string;
  scopes: string[] | null;
  tenants: string[] | null;
  created_at: string;
  expires_at: string | null;
  last_used_at: string | null;
  key?: string;
}

export interface OpenSession {
  id: string;
  created_at: string;
  seen_at: string;
  ip: string;
  agent: string;
  current: boolean;
}

export interface Summary {
  created: number;
  resolved: number;
  closed: number;
  reopened: number;
  open_now: number;
  rated: number;
  rating_avg: number | null;
  by_type: { key: string; name: string; created: number; resolved: number }[];
  by_agent: { agent: Person; resolved: number; rating_avg: number | null }[];
  by_day: { day: string; created: number; resolved: number }[];
}
