import type {
  ApiKey,
  AuditLine,
  BrandDraft,
  Contact,
  Counts,
  Engagement,
  Entry,
  Invitation,
  Language,
  MailMessage,
  Me,
  Member,
  MyTenant,
  OpenSession,
  Person,
  Preferences,
  Priority,
  Role,
  Row,
  Session,
  Summary,
  Tenant,
  TenantDesk,
  Ticket,
  View,
} from "./agent.ts";
import type { Op, Page } from "./operation.ts";

type T = { tenant: string };
type N = T & { number: number };
type Id = T & { id: string };
type Since = { cursor?: string; limit?: number };
type List<Item> = { items: Item[] };
type NewTenant = { name: string; slug: string; code?: string; time_zone: string; languages: Language[] };
type Requester = { id: string } | { email: string; name: string } | { phone: string; name: string };
export type Text = { format: "plain" | "html"; body: string };
export type DraftBody = { text: Text; uploads: string[]; base?: number };

interface PersonPaths {
  "/v1/session": { get: Op<Session>; post: Op<Session, { body: { email: string; password: string } }>; delete: Op<void> };
  "/v1/session/second-factor": { post: Op<Session, { body: { challenge: string; code: string } }> };
  "/v1/session/reauthentication": { post: Op<void, { body: { password: string } }> };
  "/v1/me": {
    get: Op<Me>;
    patch: Op<Me, { body: { name?: string; language?: Language; time_zone?: string; prefs?: Preferences } }>;
  };
  "/v1/me/password": { put: Op<void, { body: { current: string; new: string } }> };
  "/v1/me/totp": {
    post: Op<{ secret: string; otpauth_url: string }>;
    put: Op<{ recovery_codes: string[] }, { body: { code: string } }>;
    delete: Op<void, { body: { password: string } }>;
  };
  "/v1/me/sessions": { get: Op<List<OpenSession>> };
  "/v1/me/sessions/{id}": { delete: Op<void, { path: { id: string } }> };
  "/v1/me/api-keys": {
    get: Op<List<ApiKey>>;
    post: Op<
      ApiKey & { key: string },
      { body: { name: string; scopes: string[] | null; tenants: string[] | null; expires_at: string | null } }
    >;
  };
  "/v1/me/api-keys/{id}": { delete: Op<void, { path: { id: string } }> };
  "/v1/me/tenants": { get: Op<List<MyTenant>> };
  "/v1/me/pins": { put: Op<void, { body: { slugs: string[] } }> };
  "/v1/password-resets": { post: Op<void, { body: { email: string } }> };
  "/v1/password-resets/{token}": {
    get: Op<{ email: string }, { path: { token: string } }>;
    put: Op<Session, { path: { token: string }; body: { password: string } }>;
  };
  "/v1/invitations/{token}": {
    get: Op<
      {
        email: string;
        tenant: Pick<Tenant, "name" | "look"> | null;
        provider: { slug: string; name: string } | null;
        roles: string[];
        known: boolean;
      },
      { path: { token: string } }
    >;
  };
  "/v1/invitations/{token}/acceptance": {
    post: Op<Session, { path: { token: string }; body: { name: string; password: string; language: Language } }>;
  };
  "/v1/setup": {
    post: Op<Session, { body: { owner: { name: string; email: string; password: string; language: Language }; tenant: NewTenant } }>;
  };
  "/v1/tenants": { get: Op<List<Tenant>>; post: Op<Tenant, { body: NewTenant }> };
  "/v1/queue": {
    get: Op<Page<Row> & { counts?: Counts }, { query: { scope?: string; view?: View; filter?: string } & Since }>;
  };
  "/v1/queue/counts": { get: Op<Counts> };
  "/v1/queue/next": { post: Op<Row, { body: { scope: string } }> };
  "/v1/refs/{ref}": { get: Op<{ tenant: string; number: number }, { path: { ref: string } }> };
  "/v1/search": { get: Op<List<Row>, { query: { q: string } }> };
  "/v1/stream/{stream}/watches": { put: Op<void, { path: { stream: string }; body: { watches: string[] } }> };
}

interface TicketPaths {
  "/v1/tenants/{tenant}/tickets": {
    get: Op<Page<Row>, { path: T; query: { filter?: string; sort?: string } & Since }>;
    post: Op<
      Ticket,
      {
        path: T;
        body: {
          subject: string;
          text: Text;
          type?: string;
          priority?: Priority;
          contact: Requester;
          fields?: Record<string, unknown>;
          tags?: string[];
          uploads?: string[];
          channel?: "phone" | "api";
        };
      }
    >;
  };
  "/v1/tenants/{tenant}/tickets/{number}": {
    get: Op<Ticket, { path: N; query: { include?: string } }>;
    patch: Op<Ticket, { path: N; body: { subject?: string; fields?: Record<string, unknown>; tags?: string[] } }>;
  };
  "/v1/tenants/{tenant}/tickets/{number}/timeline": {
    get: Op<{ items: Entry[]; next: string | null }, { path: N; query: { before?: number; limit?: number; kind?: Entry["kind"] } }>;
  };
  "/v1/tenants/{tenant}/tickets/{number}/comments": {
    post: Op<
      Entry,
      {
        path: N;
        body: {
          text: Text;
          seen: number;
          anyway?: boolean;
          status?: { to: string; until?: string; comment?: string };
          uploads?: string[];
          cc?: string[];
        };
      }
    >;
  };
  "/v1/tenants/{tenant}/tickets/{number}/comments/{seq}/hold": {
    delete: Op<{ draft: { text: Text; uploads: string[] } }, { path: N & { seq: number } }>;
  };
  "/v1/tenants/{tenant}/tickets/{number}/notes": { post: Op<Entry, { path: N; body: { text: Text; uploads?: string[] } }> };
  "/v1/tenants/{tenant}/tickets/{number}/status": {
    put: Op<Ticket, { path: N; body: { to: string; until?: string; comment?: string } }>;
  };
  "/v1/tenants/{tenant}/tickets/{number}/assignment": {
    put: Op<Ticket, { path: N; body: { assignee: string } }>;
    delete: Op<Ticket, { path: N }>;
  };
  "/v1/tenants/{tenant}/tickets/{number}/priority": { put: Op<Ticket, { path: N; body: { priority: Priority } }> };
  "/v1/tenants/{tenant}/tickets/{number}/type": {
    put: Op<Ticket, { path: N; body: { type: string; fields?: Record<string, unknown> } }>;
  };
  "/v1/tenants/{tenant}/tickets/{number}/reading": { put: Op<void, { path: N; body: { seq: number } }> };
  "/v1/tenants/{tenant}/tickets/{number}/followers/me": { put: Op<void, { path: N }>; delete: Op<void, { path: N }> };
  "/v1/tenants/{tenant}/tickets/{number}/drafts/{kind}": {
    get: Op<DraftBody & { updated_at: string }, { path: N & { kind: "reply" | "note" } }>;
    put: Op<void, { path: N & { kind: "reply" | "note" }; body: DraftBody }>;
    delete: Op<void, { path: N & { kind: "reply" | "note" } }>;
  };
  "/v1/tenants/{tenant}/tickets/{number}/presence": { put: Op<void, { path: N; body: { state: "viewing" | "typing" } }> };
  "/v1/tenants/{tenant}/tickets/{number}/claim": { put: Op<void, { path: N }>; delete: Op<void, { path: N }> };
}

interface TenantPaths {
  "/v1/tenants/{tenant}": { get: Op<TenantDesk, { path: T }> };
  "/v1/tenants/{tenant}/members": { get: Op<List<Member>, { path: T }> };
  "/v1/tenants/{tenant}/members/{id}": {
    patch: Op<Member, { path: Id; body: { roles?: string[]; types?: string[] | null; groups?: string[]; active?: boolean } }>;
  };
  "/v1/tenants/{tenant}/invitations": {
    get: Op<List<Invitation>, { path: T }>;
    post: Op<Invitation, { path: T; body: { email: string; roles: string[] } }>;
  };
  "/v1/tenants/{tenant}/invitations/{id}": { delete: Op<void, { path: Id }> };
  "/v1/tenants/{tenant}/roles": {
    get: Op<List<Role>, { path: T }>;
    post: Op<Role, { path: T; body: Pick<Role, "key" | "name" | "permissions"> }>;
  };
  "/v1/tenants/{tenant}/roles/{key}": {
    patch: Op<Role, { path: T & { key: string }; body: Partial<Pick<Role, "name" | "permissions">> }>;
    delete: Op<void, { path: T & { key: string } }>;
  };
  "/v1/tenants/{tenant}/permissions": { get: Op<List<{ key: string; name: string; group: string }>, { path: T }> };
  "/v1/tenants/{tenant}/brand/draft": {
    get: Op<BrandDraft, { path: T }>;
    patch: Op<BrandDraft, { path: T; body: Partial<Pick<BrandDraft, "name" | "brand" | "portal_name" | "texts">> }>;
  };
  "/v1/tenants/{tenant}/brand/publications": { post: Op<Tenant, { path: T }> };
  "/v1/tenants/{tenant}/engagements": {
    get: Op<List<Engagement>, { path: T }>;
    post: Op<
      Engagement,
      { path: T; body: { provider: string; roles: string[]; types: string[] | null; starts_at?: string; ends_at?: string } }
    >;
  };
  "/v1/tenants/{tenant}/engagements/{id}/acceptance": { put: Op<Engagement, { path: Id }> };
  "/v1/tenants/{tenant}/engagements/{id}/end": { put: Op<Engagement, { path: Id }> };
  "/v1/tenants/{tenant}/audit": { get: Op<Page<AuditLine>, { path: T; query: Since }> };
  "/v1/tenants/{tenant}/contacts": { get: Op<Page<Contact>, { path: T; query: { q?: string } & Since }> };
  "/v1/tenants/{tenant}/contacts/{id}": {
    get: Op<Contact, { path: Id }>;
    patch: Op<Contact, { path: Id; body: Partial<Pick<Contact, "name" | "email" | "phone" | "language">> }>;
  };
  "/v1/tenants/{tenant}/messages": { get: Op<Page<MailMessage>, { path: T; query: { state?: "failed" | "quarantined" } & Since }> };
  "/v1/tenants/{tenant}/messages/{id}/retry": { post: Op<MailMessage, { path: Id }> };
  "/v1/tenants/{tenant}/suspension": { put: Op<void, { path: T; body: { reason: string } }>; delete: Op<void, { path: T }> };
  "/v1/tenants/{tenant}/summary": { get: Op<Summary, { path: T; query: { from?: string; to?: string } }> };
}

type P = { provider: string };

interface ProviderPaths {
  "/v1/providers/{provider}": { get: Op<{ slug: string; name: string; abilities: string[] }, { path: P }> };
  "/v1/providers/{provider}/staff": { get: Op<List<Person & { email: string; active: boolean }>, { path: P }> };
  "/v1/providers/{provider}/invitations": { post: Op<Invitation, { path: P; body: { email: string; roles: string[] } }> };
  "/v1/providers/{provider}/engagements": {
    get: Op<List<Engagement>, { path: P }>;
    post: Op<Engagement, { path: P; body: { tenant: string; roles: string[]; types: string[] | null } }>;
  };
  "/v1/providers/{provider}/engagements/{id}/acceptance": { put: Op<Engagement, { path: P & { id: string } }> };
  "/v1/providers/{provider}/engagements/{id}/end": { put: Op<Engagement, { path: P & { id: string } }> };
  "/v1/providers/{provider}/engagements/{id}/people": {
    put: Op<Engagement, { path: P & { id: string }; body: { users: string[] } }>;
  };
}

export type AgentPaths = PersonPaths & TicketPaths & TenantPaths & ProviderPaths;
