import type { components, paths } from "./agent.gen.ts";
import { makeClient } from "./client.ts";

/** The client of the agents' API. Types of its answers stand below, made from the server's own description. */
export const agent = makeClient<paths>();

type Schemas = components["schemas"];

export type Language = Schemas["Language"];
export type Channel = Schemas["Channel"];
export type Category = Schemas["Category"];
export type Priority = Row["priority"];
export type View = keyof Schemas["ViewCounts"];

export type Person = Schemas["Person"];
export type TenantLook = Schemas["Look"];
export type Tenant = Schemas["Tenant"];
export type TenantRef = Schemas["TenantRef"];
export type TenantDesk = Schemas["TenantDesk"];
export type MyTenant = Schemas["MyTenant"];
export type Session = Omit<Schemas["Session"], "user"> & { user: Me };
export type Me = Omit<Schemas["Me"], "prefs"> & { prefs: Preferences };

/** What the console keeps for a person; to the server it is one object without a shape. */
export type Preferences = {
  theme?: "light" | "dark" | "system";
  density?: "comfort" | "compact";
  single_keys?: boolean;
  keymap?: Record<string, string>;
};

export type SavedView = Schemas["SavedView"];
export type Row = Schemas["Row"];
export type Counts = Schemas["Counts"];
export type Status = Schemas["Status"];
export type Ticket = Schemas["Ticket"];
export type TicketTask = Schemas["TicketTask"];
export type TicketStage = Schemas["TicketStage"];
export type TicketStages = Schemas["TicketStages"];
export type Entry = Schemas["Entry"];
export type TimelineEvent = Schemas["TimelineEvent"];
export type FileRef = Schemas["FileRef"];
export type Address = Schemas["Address"];
export type ContactCard = Schemas["ContactCard"];
export type Contact = Schemas["Contact"];

export type FieldDef = Schemas["FieldDef"];
export type TypeDef = Schemas["TypeDef"];
export type Workflow = Schemas["Workflow"];
export type Brief = Schemas["Brief"];
export type Member = Schemas["Member"];
export type Invitation = Schemas["Invitation"];
export type Role = Schemas["Role"];
export type BrandDraft = Schemas["BrandDraft"];
export type Engagement = Schemas["Engagement"];
export type AuditLine = Schemas["AuditLine"];
export type MailMessage = Schemas["MailMessage"];
export type ApiKey = Schemas["APIKey"];
export type OpenSession = Schemas["OpenSession"];
export type Summary = Schemas["Summary"];
