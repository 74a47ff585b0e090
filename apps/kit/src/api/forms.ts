import type { components } from "./agent.gen.ts";

type Schemas = components["schemas"];

/** A question that a form asks now, with its answer so far. */
export type AskedQuestion = Schemas["AskedQuestion"];
/** What a form is asked about: everything that is known of the ticket while it is filled in. */
export type AskForm = Schemas["AskFormInput"];

export type TicketTypeSpec = Schemas["TicketTypeSpec"];
export type QuestionSpec = Schemas["QuestionSpec"];
/** A field of the tenant's own tickets. */
export type TicketField = Schemas["FieldSpec"];
